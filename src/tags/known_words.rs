//! The words of the template languages themselves, the same on every platform that uses one.

/// A list of words, written in one line to be read in one glance.
#[derive(Clone, Copy)]
pub(super) struct Words(&'static str);

impl Words {
    /// Whether the list has this word.
    pub(super) fn contains(self, word: &str) -> bool {
        let list = self.0.as_bytes();
        let ends = |at: Option<usize>| at.and_then(|at| list.get(at)).is_none_or(u8::is_ascii_whitespace);
        let mut places = memchr::memmem::find_iter(list, word.as_bytes());
        !word.is_empty() && places.any(|at| (at == 0 || ends(at.checked_sub(1))) && ends(Some(at + word.len())))
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split_ascii_whitespace()
    }
}

/// Liquid's tags. <https://shopify.github.io/liquid/tags/control-flow/>
pub(super) const LIQUID: Words = Words(
    "if elsif else endif unless endunless case when endcase for endfor break continue cycle tablerow endtablerow assign \
     capture endcapture increment decrement comment endcomment raw endraw liquid echo render include",
);

/// Django's tags. <https://docs.djangoproject.com/en/stable/ref/templates/builtins/>
pub(super) const DJANGO: Words = Words(
    "if elif else endif for empty endfor with endwith comment endcomment autoescape endautoescape filter endfilter firstof \
     now spaceless endspaceless cycle regroup verbatim endverbatim load widthratio ifchanged endifchanged include block \
     endblock extends templatetag url static trans",
);

/// Tags that Jinja, Nunjucks and Twig have beside Django's. <https://jinja.palletsprojects.com/templates/>
pub(super) const JINJA: Words = Words(
    "set endset macro endmacro call endcall import from do raw endraw embed endembed apply endapply asyncEach endeach \
     asyncAll endall elseif use break continue trans endtrans switch case default endswitch",
);

/// Words that a platform may read in `{% … %}` beside its engine's own.
pub(super) const AJO: Words = Words("else let elseif fragment each if");

/// Words of `{% … %}` that open a block which `end` and the word close.
pub(super) const PERCENT_BLOCKS: Words = Words(
    "if unless for case capture tablerow comment raw with block autoescape filter macro call verbatim spaceless ifchanged \
     catalog embed switch apply highlight",
);

/// Words that divide a block.
pub(super) const MIDDLE: Words = Words("else elif elsif elseif when empty");

/// Go's block words. <https://pkg.go.dev/text/template#hdr-Actions>
pub(super) const GO_BLOCKS: Words = Words("if range with define block");

/// Go's other words and functions, with those that Hugo and Sprig add most often.
pub(super) const GO_WORDS: Words = Words(
    "if else end range with define block template break continue and or not eq ne lt le gt ge len index slice print printf \
     println html js urlquery call partial return dict default upper lower title trim now date i18n T relref ref absURL \
     relURL safeHTML markdownify",
);

/// GetResponse's words in double braces.
pub(super) const GETRESPONSE: Words = Words("CONTACT IF ELSE ELSEIF ENDIF DATE LINK SURVEY USER GEO");

/// Filters of Liquid, Django, Jinja and Twig: a bare word after a pipe that is none of these is a text.
pub(super) const FILTERS: Words = Words(
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
