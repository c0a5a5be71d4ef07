package dev.carillon.local.outbox;

import dev.carillon.json.Json;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The outbox as a page: every message as its recipient would see it. What senders wrote is shown in
 * frames that may run nothing; the page itself has no script and loads nothing.
 */
public final class OutboxPage {
  /** Only inline style; mails may show pictures from anywhere, as in a mail program. */
  public static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-ancestors 'none'; "
          + "base-uri 'none'; form-action 'none'";

  private static final int SHOWN = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Outbox · Carillon</title>
      <style>
        :root { color-scheme: light dark; --ink: #1d2433; --soft: #667085; --line: #e3e6ec;
          --paper: #fff; --ground: #f5f6f8; --accent: #7a4f01; --tint: #fff4dc; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3;
          --line: #2c3442; --paper: #171c26; --ground: #0f131b; --accent: #f3c56b; --tint: #33290f; } }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
        h1 { font-size: 1.35rem; margin: 0; }
        .lead { color: var(--soft); margin: .25rem 0 1.5rem; }
        article { background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
          margin: 0 0 1rem; overflow: hidden; }
        header { padding: .9rem 1.1rem; border-bottom: 1px solid var(--line); }
        h2 { font-size: 1rem; margin: 0 0 .15rem; overflow-wrap: anywhere; }
        .who { color: var(--soft); font-size: .87rem; overflow-wrap: anywhere; }
        .kind { float: right; font-size: .75rem; color: var(--accent); background: var(--tint);
          border-radius: 99px; padding: .1rem .6rem; margin-left: .75rem; }
        iframe { display: block; width: 100%; border: 0; background: #fff; }
        .mail { height: 26rem; } .feed { height: 7rem; }
        details { border-top: 1px solid var(--line); padding: .5rem 1.1rem; font-size: .87rem; }
        summary { cursor: pointer; color: var(--soft); }
        pre { overflow: auto; max-height: 24rem; white-space: pre-wrap; overflow-wrap: anywhere;
          font: .8rem/1.45 ui-monospace, monospace; }
        article > pre { margin: 0; padding: .9rem 1.1rem; }
        table { border-collapse: collapse; } td { padding: .1rem .75rem .1rem 0; vertical-align: top;
          overflow-wrap: anywhere; } td:first-child { color: var(--soft); white-space: nowrap; }
        .none { color: var(--soft); text-align: center; padding: 4rem 1rem; }
      </style>
      </head>
      <body>
      <main>
      <h1>Outbox</h1>
      """;

  /** Of what has no subject. */
  private static final Map<String, String> TITLES =
      Map.of("sms", "Text message", "push", "Push notification", "chat", "Chat message");

  private OutboxPage() {}

  /** The page for what the outbox holds now. */
  public static String of(Outbox outbox, MessageContents contents) {
    var deliveries = outbox.newestFirst(contents);
    var page = new StringBuilder(HEAD);
    page.append("<p class=\"lead\">").append(lead(deliveries)).append("</p>\n");
    if (deliveries.isEmpty()) {
      page.append("<p class=\"none\">Trigger a workflow, and what it sends appears here.</p>\n");
    }
    deliveries.stream().limit(SHOWN).forEach(delivered -> article(page, delivered));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String lead(List<OutboxEntry> deliveries) {
    var count = deliveries.size();
    var all = count == 1 ? "1 message" : count + " messages";
    return count > SHOWN
        ? all + ", of which the newest " + SHOWN + " are shown."
        : all + ", newest first. Times are the stack’s own, in UTC.";
  }

  private static void article(StringBuilder page, OutboxEntry delivered) {
    page.append("<article id=\"")
        .append(HtmlText.escaped(delivered.messageId()))
        .append("\">\n<header><span class=\"kind\">")
        .append(kind(delivered))
        .append("</span><h2>")
        .append(HtmlText.escaped(title(delivered)))
        .append("</h2><div class=\"who\">");
    delivered.from().ifPresent(from -> page.append(HtmlText.escaped(from)).append(" to "));
    delivered
        .to()
        .filter(_ -> !delivered.channelType().equals("http"))
        .ifPresent(to -> page.append(HtmlText.escaped(to)).append(" · "));
    page.append(TIME.format(delivered.at()))
        .append(" · ")
        .append(HtmlText.escaped(delivered.messageId()))
        .append("</div></header>\n");
    body(page, delivered);
    page.append("</article>\n");
  }

  private static String kind(OutboxEntry delivered) {
    return switch (delivered.channelType()) {
      case "email" -> "email";
      case "in_app_feed" -> "feed";
      case "http" -> "webhook";
      default -> delivered.channelType();
    };
  }

  private static String title(OutboxEntry delivered) {
    return delivered
        .subject()
        .or(() -> Optional.ofNullable(TITLES.get(delivered.channelType())))
        .or(
            () ->
                delivered
                    .request()
                    .map(r -> r.text("method").orElse("") + " " + r.text("url").orElse("")))
        .orElse("Feed item");
  }

  private static void body(StringBuilder page, OutboxEntry delivered) {
    switch (delivered.channelType()) {
      case "email" -> {
        delivered.html().ifPresent(html -> frame(page, "mail", html));
        if (delivered.html().isEmpty()) {
          delivered.text().ifPresent(text -> pre(page, text));
        } else {
          delivered.text().ifPresent(text -> details(page, "Text part", text));
          details(page, "Source", delivered.html().orElseThrow());
        }
        table(page, "Headers", delivered.headers());
      }
      case "in_app_feed" -> {
        frame(
            page,
            "feed",
            "<style>body{font:15px/1.5 system-ui,sans-serif;margin:.9rem 1.1rem}"
                + ".field{color:#667085;font-size:.87rem}</style>"
                + delivered.html().orElse("<p class=\"field\">Its content cannot be read.</p>"));
        delivered.html().ifPresent(html -> details(page, "Source", html));
      }
      case "sms", "push", "chat" -> {
        pre(page, delivered.text().orElse("Its content cannot be read."));
        delivered
            .request()
            .ifPresent(
                request ->
                    details(
                        page,
                        "Request to " + HtmlText.escaped(delivered.provider()),
                        request.text("method").orElse("")
                            + " "
                            + request.text("url").orElse("")
                            + "\n\n"
                            + request.text("body").orElse("")));
      }
      default -> {
        pre(page, delivered.text().orElse(""));
        table(page, "Headers", delivered.headers());
      }
    }
  }

  private static void frame(StringBuilder page, String kind, String html) {
    page.append("<iframe class=\"")
        .append(kind)
        .append("\" sandbox=\"\" referrerpolicy=\"no-referrer\" title=\"Message\" srcdoc=\"")
        .append(HtmlText.escaped(html))
        .append("\"></iframe>\n");
  }

  private static void pre(StringBuilder page, String text) {
    page.append("<pre>").append(HtmlText.escaped(text)).append("</pre>\n");
  }

  private static void details(StringBuilder page, String summary, String text) {
    page.append("<details><summary>").append(summary).append("</summary>");
    pre(page, text);
    page.append("</details>\n");
  }

  private static void table(StringBuilder page, String summary, Json.Obj values) {
    page.append("<details><summary>").append(summary).append("</summary><table>");
    values
        .fields()
        .forEach(
            (name, value) ->
                page.append("<tr><td>")
                    .append(HtmlText.escaped(name))
                    .append("</td><td>")
                    .append(HtmlText.escaped(value instanceof Json.Str(var text) ? text : ""))
                    .append("</td></tr>"));
    page.append("</table></details>\n");
  }
}
