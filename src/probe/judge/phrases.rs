//! How pages say that they are not what was asked for, in the languages that mail is written in.
//!
//! All lower case with straight apostrophes. Phrases are whole and strict: an article about missing pages must stay silent.

/// "This page does not exist."
#[rustfmt::skip]
pub(super) const MISSING: &[&str] = &[
    "not found", "page not found", "page cannot be found", "page can't be found", "page could not be found", "page does not exist",
    "page doesn't exist", "we can't seem to find the page", "we can't seem to find that page", "we can't find that page", "we couldn't find that page", "we can't find the page", "we couldn't find the page",
    "this page isn't available", "this page is not available", "this page no longer exists", "page no longer exists", "nothing was found",
    "nothing found", "this site can't be found", "file not found", "404 not found", "link expired", "this link has expired",
    "link has expired", "this link is no longer valid", "this link is invalid", "invalid link", "link not found",
    "dieser link ist abgelaufen", "ce lien a expiré", "este enlace ha caducado", "this file does not exist",
    "the file you have requested does not exist", "this file has been deleted", "file deleted", "video unavailable",
    "this video is unavailable", "this video isn't available anymore", "404 error", "error 404", "404", "that page can't be found",
    "the page you requested was not found", "the page you were looking for doesn't exist", "seite nicht gefunden",
    "seite wurde nicht gefunden", "seite existiert nicht", "diese seite gibt es nicht", "nicht gefunden",
    "die seite konnte nicht gefunden werden", "diese seite existiert nicht", "die gesuchte seite wurde nicht gefunden", "fehler 404",
    "page non trouvée", "page introuvable", "cette page n'existe pas", "la page n'existe pas", "page inexistante", "erreur 404",
    "la page demandée n'existe pas", "página no encontrada", "no se encontró la página", "la página no existe", "esta página no existe",
    "no se ha encontrado la página", "pagina non trovata", "la pagina non esiste", "questa pagina non esiste", "errore 404",
    "página não encontrada", "a página não existe", "esta página não existe", "erro 404", "pagina niet gevonden",
    "deze pagina bestaat niet", "de pagina bestaat niet", "sidan hittades inte", "sidan kunde inte hittas", "sidan finns inte",
    "siden blev ikke fundet", "siden findes ikke", "siden ble ikke funnet", "siden finnes ikke", "sivua ei löytynyt", "sivua ei löydy",
    "strona nie została znaleziona", "nie znaleziono strony", "strona nie istnieje", "stránka nenalezena", "stránka nebyla nalezena",
    "sayfa bulunamadı", "az oldal nem található", "pagina nu a fost găsită", "страница не найдена", "页面不存在", "页面未找到", "找不到页面",
    "您访问的页面不存在", "找不到該頁面", "頁面不存在", "找不到網頁", "ページが見つかりません", "お探しのページは見つかりません",
];

/// "This product cannot be bought any more."
#[rustfmt::skip]
pub(super) const SOLD_OUT: &[&str] = &[
    "sold out", "out of stock", "this product is no longer available", "this item is no longer available", "product no longer available",
    "item no longer available", "product unavailable", "this product is unavailable", "this item is unavailable", "currently unavailable",
    "this product is currently unavailable", "this product has been discontinued", "discontinued", "ausverkauft", "vergriffen",
    "dieser artikel ist nicht mehr verfügbar", "dieses produkt ist nicht mehr verfügbar", "artikel nicht mehr verfügbar",
    "nicht auf lager", "leider ausverkauft", "épuisé", "rupture de stock", "en rupture de stock", "ce produit n'est plus disponible",
    "cet article n'est plus disponible", "agotado", "sin existencias", "este producto ya no está disponible", "esaurito",
    "non disponibile", "prodotto non disponibile", "questo prodotto non è più disponibile", "esgotado",
    "este produto não está mais disponível", "uitverkocht", "niet meer leverbaar", "dit product is niet meer beschikbaar", "slutsåld",
    "slut i lager", "udsolgt", "utsolgt", "loppuunmyyty", "wyprzedane", "produkt niedostępny", "vyprodáno", "tükendi", "elfogyott",
    "stoc epuizat", "нет в наличии", "売り切れ",
];

/// "This offer is over."
#[rustfmt::skip]
pub(super) const ENDED: &[&str] = &[
    "this sale has ended", "this sale is over", "the sale has ended", "the sale is over", "sale has ended", "this offer has ended",
    "this offer has expired", "this offer is no longer available", "this offer is over", "offer expired", "offer has expired",
    "this promotion has ended", "this promotion has expired", "promotion has ended", "promotion ended", "this deal has ended",
    "this deal has expired", "deal expired", "this coupon has expired", "this campaign has ended", "this giveaway has ended",
    "this contest has ended", "this competition has closed", "this event has ended", "this event has passed", "registration is closed",
    "registration has closed", "this webinar has ended", "is no longer accepting responses", "this form is closed",
    "this survey is closed", "this survey is now closed", "this poll is closed", "sales ended", "ticket sales have ended",
    "diese umfrage ist beendet", "dieses formular nimmt keine antworten mehr an", "ce formulaire n'accepte plus de réponses",
    "dieses angebot ist abgelaufen", "das angebot ist abgelaufen", "diese aktion ist beendet", "die aktion ist beendet", "aktion beendet",
    "angebot abgelaufen", "der sale ist vorbei", "das gewinnspiel ist beendet", "cette offre a expiré", "cette offre est expirée",
    "cette offre est terminée", "offre expirée", "offre terminée", "la promotion est terminée", "les soldes sont terminés",
    "la oferta ha caducado", "esta oferta ha caducado", "esta oferta ha finalizado", "oferta caducada", "esta promoción ha finalizado",
    "offerta scaduta", "questa offerta è scaduta", "la promozione è terminata", "esta promoção terminou", "esta oferta expirou",
    "promoção encerrada", "deze actie is afgelopen", "de actie is afgelopen", "deze aanbieding is verlopen", "actie verlopen",
    "erbjudandet har gått ut", "kampanjen är avslutad", "kampagnen er slut", "tilbuddet er udløbet", "kampanjen er over",
    "tarjous on päättynyt", "kampanja on päättynyt", "promocja zakończona", "oferta wygasła", "akce skončila", "kampanya sona erdi",
    "az akció véget ért",
];

/// "Log in."
#[rustfmt::skip]
pub(super) const LOGIN: &[&str] = &[
    "sign in", "log in", "login", "signin", "log on", "member login", "customer login", "sign in to your account",
    "log in to your account", "please sign in", "please log in", "account login", "anmelden", "einloggen", "anmeldung", "kundenlogin",
    "connexion", "se connecter", "identifiez-vous", "iniciar sesión", "inicia sesión", "acceder", "accedi", "accesso", "entrar",
    "iniciar sessão", "fazer login", "inloggen", "logga in", "log ind", "logg inn", "kirjaudu", "kirjaudu sisään", "zaloguj się",
    "logowanie", "přihlášení", "přihlásit se", "giriş yap", "bejelentkezés", "autentificare", "войти", "вход", "ログイン",
];

/// "Ask whoever it belongs to." The title or heading of a small page.
#[rustfmt::skip]
pub(super) const ON_REQUEST: &[&str] = &[
    "you need access", "you need permission", "request access", "access required", "permission required", "you don't have access",
    "you don't have permission", "private site", "site is private", "page is private", "this content is private", "file is private",
    "folder is private", "members only", "zugriff anfordern", "sie benötigen zugriff", "du benötigst zugriff", "zugriff erforderlich",
    "autorisation nécessaire", "vous devez disposer d'un droit d'accès", "accès restreint", "necesitas acceso",
    "necesitas permiso", "solicitar acceso", "richiedi accesso", "è necessaria l'autorizzazione", "você precisa de acesso",
    "je hebt toegang nodig", "toegang vragen", "du behöver åtkomst",
];

/// "There is no site here yet, or not now."
#[rustfmt::skip]
pub(super) const CLOSED: &[&str] = &[
    "coming soon", "opening soon", "under construction", "site under construction", "under maintenance", "maintenance mode",
    "site under maintenance", "down for maintenance", "we'll be back soon", "be right back", "temporarily unavailable",
    "this store is unavailable", "store unavailable", "this shop is currently unavailable", "this shop is unavailable",
    "something went wrong", "an error occurred", "an error has occurred", "internal server error", "server error", "service unavailable",
    "error establishing a database connection", "database error", "application error", "fatal error", "site not found",
    "account suspended", "this account has been suspended", "website is offline", "site disabled", "welcome to nginx!",
    "welcome to nginx", "apache2 ubuntu default page: it works", "apache2 debian default page: it works",
    "iis windows server", "test page for the apache http server", "plesk default page", "default web site page",
    "wartungsarbeiten", "wartungsmodus", "wir sind bald zurück", "demnächst verfügbar", "bientôt disponible",
    "site en maintenance", "en maintenance", "próximamente", "en construcción", "sito in manutenzione", "in manutenzione",
    "em manutenção", "em breve", "binnenkort beschikbaar", "in onderhoud",
];

/// "This domain is for sale." Read in the text of small pages.
#[rustfmt::skip]
pub(super) const PARKED: &[&str] = &[
    "this domain is for sale", "domain is for sale", "this domain may be for sale", "buy this domain", "this domain name is for sale",
    "the domain is for sale", "this domain is parked", "this domain has been registered", "parked free, courtesy of",
    "this domain has expired", "domain has expired", "make an offer on this domain", "inquire about this domain",
    "diese domain steht zum verkauf", "diese domain kaufen", "domain steht zum verkauf", "ce nom de domaine est à vendre",
    "ce domaine est à vendre", "este dominio está a la venta", "este dominio está en venta", "dominio en venta", "questo dominio è in vendita", "dit domein is te koop",
    "denna domän är till salu", "ta domena jest na sprzedaż",
];

/// Hosts where parked domains lead, or whose scripts and frames fill them.
#[rustfmt::skip]
pub(super) const PARKING_HOSTS: &[&str] = &[
    "sedoparking.com", "sedo.com", "parkingcrew.net", "bodis.com", "afternic.com", "dan.com", "hugedomains.com", "above.com",
    "forsale.godaddy.com", "uniregistry.com", "domainmarket.com", "parklogic.com", "cashparking.com", "parking.namecheap.com",
    "domainnamesales.com", "voodoo.com", "skenzo.com", "fabulous.com", "smartname.com", "undeveloped.com", "squadhelp.com", "atom.com",
    "buydomains.com", "brandbucket.com", "efty.com", "img.sedoparking.com", "d38psrni17bvxu.cloudfront.net",
];

/// Words on a button that puts something into a cart.
#[rustfmt::skip]
pub(super) const CART: &[&str] = &[
    "add to cart", "add to bag", "add to basket", "buy now", "buy it now", "in den warenkorb", "in den einkaufswagen",
    "ajouter au panier", "añadir al carrito", "agregar al carrito", "añadir a la cesta", "aggiungi al carrello", "adicionar ao carrinho",
    "comprar", "in winkelwagen", "in winkelmand", "lägg i varukorgen", "læg i kurv", "legg i handlekurv", "lisää ostoskoriin",
    "do koszyka", "dodaj do koszyka", "do košíku", "sepete ekle",
];
