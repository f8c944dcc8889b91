//! Attributes by which Thymeleaf fills elements of a page that can be opened as it is: what stands in them is a sample
//! (<https://www.thymeleaf.org/doc/tutorials/3.1/usingthymeleaf.html>).

use scraper::node::Element;

/// The value that takes the place of the content: `<b th:text="${name}">Jessica</b>`.
const TEXTS: [&str; 4] = ["th:text", "th:utext", "data-th-text", "data-th-utext"];

/// Attributes whose elements become something else as a whole.
const WHOLES: [&str; 6] = ["th:replace", "th:insert", "th:include", "data-th-replace", "data-th-insert", "data-th-include"];

/// Whether a page has any such attribute.
pub(crate) fn has_any(page: &str) -> bool {
    [" th:", "\nth:", "\tth:", " data-th-"].iter().any(|head| memchr::memmem::find(page.as_bytes(), head.as_bytes()).is_some())
}

/// The attribute whose value takes the place of an element's content.
pub(crate) fn text_of(element: &Element) -> Option<&str> {
    element.attrs().map(|(name, _)| name).find(|name| TEXTS.contains(name))
}

/// Whether another piece takes the place of an element's content.
pub(crate) fn is_replaced(element: &Element) -> bool {
    element.attrs().any(|(name, _)| WHOLES.contains(&name))
}

/// Whether an element holds no words of its own, and will.
pub(crate) fn will_say(element: &Element) -> bool {
    text_of(element).is_some() || is_replaced(element)
}

/// Whether another value takes the place of that of an attribute: `<a href="#" th:href="@{/sale}">`.
pub(crate) fn is_filled(element: &Element, attribute: &str) -> bool {
    let takes_place =
        |name: &str| name.strip_prefix("th:").or_else(|| name.strip_prefix("data-th-")).is_some_and(|filled| filled == attribute);
    element.attrs().any(|(name, value)| takes_place(name) || matches!(name, "th:attr" | "data-th-attr") && value.contains(attribute))
}
