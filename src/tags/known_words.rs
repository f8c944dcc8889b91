//! The words of the template languages themselves, the same on every platform that uses one.

use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// A list of words, written in one line to be read in one glance.
pub(super) struct Words {
    list: &'static str,
    /// Laid out when the first word is looked up.
    set: OnceLock<FxHashSet<&'static str>>,
}

impl Words {
    const fn new(list: &'static str) -> Self {
        Self { list, set: OnceLock::new() }
    }

    /// Whether the list has this word.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.iter().collect()).contains(word)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.list.split_ascii_whitespace()
    }
}

/// Liquid's tags. <https://shopify.github.io/liquid/tags/control-flow/>
pub(super) static LIQUID: Words = Words::new(
    "if elsif else endif unless endunless case when endcase for endfor break continue cycle tablerow endtablerow assign \
     capture endcapture increment decrement comment endcomment raw endraw liquid echo render include",
);

/// Django's tags. <https://docs.djangoproject.com/en/stable/ref/templates/builtins/>
pub(super) static DJANGO: Words = Words::new(
    "if elif else endif for empty endfor with endwith comment endcomment autoescape endautoescape filter endfilter firstof \
     now spaceless endspaceless cycle regroup verbatim endverbatim load widthratio ifchanged endifchanged include block \
     endblock extends templatetag url static trans",
);

/// Tags that Jinja, Nunjucks and Twig have beside Django's. <https://jinja.palletsprojects.com/templates/>
pub(super) static JINJA: Words = Words::new(
    "set endset macro endmacro call endcall import from do raw endraw embed endembed apply endapply asyncEach endeach \
     asyncAll endall elseif use break continue trans endtrans switch case default endswitch",
);

/// Words that a platform may read in `{% … %}` beside its engine's own.
pub(super) static AJO: Words = Words::new("else let elseif fragment each if");

/// Words of `{% … %}` that open a block which `end` and the word close.
pub(super) static PERCENT_BLOCKS: Words = Words::new(
    "if unless for case capture tablerow comment raw with block autoescape filter macro call verbatim spaceless ifchanged \
     catalog embed switch apply highlight",
);

/// Words that divide a block.
pub(super) static MIDDLE: Words = Words::new("else elif elsif elseif when empty");

/// Go's block words. <https://pkg.go.dev/text/template#hdr-Actions>
pub(super) static GO_BLOCKS: Words = Words::new("if range with define block");

/// Go's other words and functions, with those that Hugo and Sprig add most often.
pub(super) static GO_WORDS: Words = Words::new(
    "if else end range with define block template break continue and or not eq ne lt le gt ge len index slice print printf \
     println html js urlquery call partial return dict default upper lower title trim now date i18n T relref ref absURL \
     relURL safeHTML markdownify",
);

/// GetResponse's words in double braces.
pub(super) static GETRESPONSE: Words = Words::new("CONTACT IF ELSE ELSEIF ENDIF DATE LINK SURVEY USER GEO");

/// Filters of Liquid, Django, Jinja and Twig: a bare word after a pipe that is none of these is a text.
pub(super) static FILTERS: Words = Words::new(
    "abs add addslashes append at_least at_most attr base64_encode batch capfirst capitalize ceil center compact concat \
     currency cut date date_modify datetime datetimeformat default dictsort divided_by downcase e escape escape_once \
     escapejs filesizeformat find_replace first fallback floatformat floor force_escape format format_date \
     format_date_string groupby hmac_sha1 image_url img_url int intcomma join json json_encode json_escape jsonify keys \
     last length linebreaks linebreaksbr list ljust local_dt lookup lower lstrip make_list map markdownify md5 merge minus \
     modulo money money_with_currency money_without_trailing_zeros newline_to_br nl2br number_format number_with_delimiter \
     phone2numeric pluralize plus pprint prepend product_img_url random raw reject relative_url absolute_url remove \
     remove_first replace replace_first reverse rjust round rstrip safe select selectattr sha1 sha256 size slice slugify \
     sort split spaceless string strip strip_html strip_newlines striptags sum t time time_zone timestamp timesince \
     timeuntil times title titlecase tojson trans translate trim truncate truncatechars truncatewords truncatewords_html \
     uniq unique unescape unlocalize upcase upper upperfirst url url_decode url_encode url_escape url_param_escape \
     urlencode urlize values where wordcount wordwrap xmlattr yesno",
);
