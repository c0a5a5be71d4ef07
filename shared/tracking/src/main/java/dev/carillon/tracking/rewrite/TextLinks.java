package dev.carillon.tracking.rewrite;

/** The links of plain text: an SMS, a WhatsApp text, the text part of a mail. */
public final class TextLinks {
  private TextLinks() {}

  /** The text with its addresses replaced; the same when none is. */
  public static String rewrite(String text, LinkRewriting rewriting) {
    var splice = new Splice(text);
    BareUrls.find(
        text,
        0,
        text.length(),
        (start, end) ->
            rewriting
                .tracked(text.substring(start, end))
                .ifPresent(tracked -> splice.replace(start, end, tracked)));
    return splice.result();
  }
}
