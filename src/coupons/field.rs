//! What a column or key can hold, and the words that people write above such columns.

/// What a column, or a key of a JSON object, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// The code itself.
    Code,
    /// The discount's name.
    Name,
    /// A word or a yes/no for its state.
    State,
    /// Yes means switched off.
    Off,
    /// The beginning.
    Starts,
    /// An end, in the zone that it names or none.
    Ends,
    /// An end in UTC, without saying so in the cell.
    EndsUtc,
    /// A discount as text: `10%`, `€5`, or a number that a `Kind` explains.
    Value,
    /// Per cent.
    Percent,
    /// A part of one: 0.1 is ten per cent.
    Fraction,
    /// Money in whole units.
    Amount,
    /// Money in the currency's minor units.
    AmountMinor,
    /// A word for the kind of discount.
    Kind,
    /// Yes if delivery is free.
    FreeShipping,
    /// The currency of the discount.
    Currency,
    /// What has to be bought, in whole units.
    Minimum,
    /// The same in minor units.
    MinimumMinor,
    /// The same in words, where it can be read.
    MinimumText,
    /// The currency of the minimum.
    MinimumCurrency,
    /// Products.
    Products,
    /// Collections or categories.
    Collections,
    /// Uses allowed in all; 0 is no limit.
    LimitTotal,
    /// Uses allowed to one person; 0 is no limit.
    LimitPerPerson,
    /// Yes if each person can use it once.
    OncePerPerson,
    /// Uses so far.
    Uses,
    /// Yes if only first orders can use it.
    FirstOrder,
    /// The people entitled.
    Group,
    /// Yes if other discounts go beside it.
    Combinable,
    /// Yes if none do.
    Individual,
    /// The name of the pool.
    Pool,
    /// The id of these terms.
    Id,
    /// The id of the terms that this code hangs on.
    Terms,
}

/// The words above columns, in English, German, French, Spanish, Italian and Dutch, without spaces and marks.
/// A JSON key is read by the same words.
const WORDS: [(Field, &str); 23] = [
    (
        Field::Code,
        "code codes coupon coupons couponcode couponcodes voucher vouchers vouchercode promo promocode promotioncode \
         discountcode uniquecode giftcode referralcode gutschein gutscheincode gutscheincodes rabattcode aktionscode \
         codepromo codepromotionnel coderéduction codereduction bondereduction bonderéduction código codigo cupón cupon \
         códigodedescuento codigodedescuento códigopromocional codigopromocional codice codicesconto codicepromozionale \
         buono couponscode kortingscode actiecode vouchercodes kortingscodes",
    ),
    (
        Field::Name,
        "name title description campaign campaignname promotion promotionname beschreibung bezeichnung titel kampagne nom \
         titre campagne nombre título titulo descripción descripcion campaña campana nome titolo descrizione campagna naam \
         omschrijving beschrijving",
    ),
    (
        Field::State,
        "status state active isactive enabled isenabled live aktiv zustand aktiviert statut état etat actif estado activo \
         stato attivo actief ingeschakeld",
    ),
    (Field::Off, "disabled inactive isdisabled deaktiviert inaktiv désactivé desactive desactivado disattivato"),
    (
        Field::Starts,
        "start starts startdate startson startsat startat starttime validfrom from fromdate begins begindate activefrom \
         availablefrom gültigab gueltigab gültigvon gueltigvon beginn beginnt startdatum von ab début debut datededébut \
         datededebut valableàpartirdu valabledu inicio fechadeinicio válidodesde validodesde desde inizio datadiinizio \
         datainizio validodal dal geldigvanaf geldigvan ingangsdatum vanaf",
    ),
    (
        Field::Ends,
        "end ends enddate endson endsat endat endtime expires expiresat expireson expiry expirydate expiration \
         expirationdate expirationtime validuntil validto validthrough validtill until to todate activeuntil availableuntil \
         lastday redeemby dateexpires gültigbis gueltigbis ende endet enddatum ablaufdatum läuftab ablauf bis fin datedefin \
         expire expirele dateexpiration datedexpiration valablejusquau valablejusqu'au fechadefin fechafin fechadecaducidad \
         caducidad vencimiento válidohasta validohasta hasta fine datadifine datafine scadenza datadiscadenza validofino \
         validofinoal scade geldigtot geldigtotenmet einddatum vervaldatum verlooptop tot",
    ),
    (
        Field::Value,
        "discount value amount discountvalue discountamount reduction off benefit offer rabatt wert nachlass betrag \
         ermäßigung remise réduction valeur montant descuento valor importe sconto valore importo korting waarde bedrag",
    ),
    (
        Field::Percent,
        "percent percentage percentoff percentageoff discountpercent discountpercentage prozent rabattprozent \
         rabattinprozent pourcentage porcentaje percentuale scontopercentuale kortingspercentage %",
    ),
    (Field::Amount, "amountoff fixedamount discountfixed rabattbetrag montantfixe importefijo importofisso vastbedrag"),
    (
        Field::Kind,
        "type kind discounttype valuetype coupontype typ art rabattart rabatttyp typederemise tipo tipodedescuento \
         tipodisconto soort kortingstype",
    ),
    (
        Field::FreeShipping,
        "freeshipping freedelivery versandkostenfrei gratisversand livraisongratuite envíogratis enviogratis \
         spedizionegratuita gratisverzending",
    ),
    (Field::Currency, "currency currencycode währung waehrung devise moneda divisa valuta"),
    (
        Field::Minimum,
        "minimum min minimumamount minimumspend minspend minimumorder minorder minimumordervalue minordervalue \
         minimumpurchase minpurchase mindestbestellwert mindestumsatz mbw minimumdachat achatminimum montantminimum mínimo \
         minimo compramínima compraminima pedidomínimo pedidominimo importominimo spesaminima ordineminimo minimumbestelling \
         minimaalbedrag minimalebestelwaarde minimumbestelwaarde",
    ),
    (
        Field::LimitTotal,
        "limit usagelimit maxuses maximumuses maxredemptions redemptionlimit totallimit usesallowed uselimit nutzungslimit \
         maximalenutzungen einlösungenmax limite limitedutilisation limitedeuso límitedeuso limitediutilizzo gebruikslimiet \
         limiet",
    ),
    (
        Field::LimitPerPerson,
        "limitpercustomer usagelimitperuser usagelimitpercustomer limitperperson limitperuser usespercustomer usesperuser \
         maxusespercustomer maxusesperuser limitprokunde prokunde limiteparclient limiteporcliente limitepercliente \
         limietperklant",
    ),
    (
        Field::Uses,
        "uses used timesused usagecount redemptions redeemed timesredeemed usessofar eingelöst nutzungen utilisations usos \
         utilizzi gebruikt",
    ),
    (
        Field::FirstOrder,
        "firstorderonly firstorder newcustomersonly newcustomers firsttimeonly firstpurchaseonly neukunden nurneukunden \
         premièrecommande nouveauxclients primercompra primeracompra nuevosclientes primoordine nuoviclienti nieuweklanten",
    ),
    (
        Field::Group,
        "customergroup customersegment segment audience customers customerselection eligible kundengruppe groupe \
         groupedeclients grupo grupodeclientes gruppo gruppoclienti klantgroep",
    ),
    (Field::Products, "products product productids produkte produkt produits productos prodotti producten"),
    (Field::Collections, "collections collection categories category productcategories kategorien kategorie catégories"),
    (Field::Combinable, "combinable stackable combines kombinierbar cumulable combinabile acumulable combineerbaar"),
    (Field::OncePerPerson, "oncepercustomer appliesoncepercustomer oneuseperperson singleuse einmalprokunde"),
    (Field::Pool, "pool batch couponname listname"),
];

/// What the words above a column say it holds.
pub(super) fn named(header: &str) -> Option<Field> {
    let plain = simplified(header);
    WORDS.iter().find(|(_, words)| words.split(' ').any(|word| word == plain)).map(|(field, _)| *field)
}

/// Lower case, without spaces, hyphens, underscores, points and brackets: `Valid until (UTC)` keeps its `utc`.
pub(super) fn simplified(header: &str) -> String {
    header.trim().to_lowercase().chars().filter(|c| !c.is_whitespace() && !"-_.:()[]/#*\u{feff}".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_in_six_languages() {
        for (header, field) in [
            ("Coupon Code", Some(Field::Code)),
            ("promo_code", Some(Field::Code)),
            ("Gültig bis", Some(Field::Ends)),
            ("Valable jusqu'au", Some(Field::Ends)),
            ("Fecha de inicio", Some(Field::Starts)),
            ("Codice sconto", Some(Field::Code)),
            ("Geldig tot", Some(Field::Ends)),
            ("startsAt", Some(Field::Starts)),
            ("Mindestbestellwert", Some(Field::Minimum)),
            ("Shoe size", None),
            ("", None),
        ] {
            assert_eq!(named(header), field, "{header}");
        }
    }

    #[test]
    fn no_word_means_two_things() {
        let all: Vec<_> = WORDS.iter().flat_map(|(field, words)| words.split(' ').map(move |word| (word, *field))).collect();
        for (word, field) in &all {
            assert!(all.iter().all(|(other, same)| other != word || same == field), "{word}");
            assert_eq!(simplified(word), *word);
        }
    }
}
