package dev.carillon.functions.api.preferencecenter;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/** The words and looks of the page. Whatever is not written here is escaped. */
final class PageHtml {
  /** The field by which somebody wants commercial messages again. */
  static final String SUBSCRIBE = "subscribe";

  private static final String STYLE =
      """
      :root{--primary:%s;--contrast:%s;color-scheme:light dark}
      @media(prefers-color-scheme:dark){:root{--primary:%s;--contrast:%s}}
      *{box-sizing:border-box}
      body{margin:0;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}
      main{max-width:40rem;margin:0 auto;padding:2rem 1rem 4rem}
      img{max-height:3rem;max-width:12rem}
      h1{font-size:1.5rem;margin:.5rem 0}
      p{margin:.25rem 0}
      .quiet{opacity:.7}
      fieldset{border:0;border-top:1px solid GrayText;margin:0;padding:1rem 0}
      legend{font-weight:600;float:left;width:100%%}
      label{display:flex;gap:.75rem;align-items:center;padding:.35rem 0;clear:both}
      input{width:1.25rem;height:1.25rem;accent-color:var(--primary)}
      button{font:inherit;font-weight:600;padding:.6rem 1.4rem;border:0;border-radius:.4rem;
      background:var(--primary);color:var(--contrast);cursor:pointer}
      .saved{border-left:4px solid var(--primary);padding:.5rem 1rem;margin:1rem 0}
      """;

  private final CenterConfig config;
  private final Center.Sender sender;

  PageHtml(CenterConfig config, Center.Sender sender) {
    this.config = config;
    this.sender = sender;
  }

  /** A row as it stands. */
  record Row(CenterRow row, List<Switch> switches) {
    Row {
      switches = List.copyOf(switches);
    }
  }

  record Switch(Toggle toggle, Toggle.State state) {}

  /** A page that says one thing. */
  static String notice(String sentence) {
    return page(
        "Notifications", style(new Branding(Json.Obj.EMPTY)), "<p>" + escaped(sentence) + "</p>");
  }

  String managing(List<Row> rows, String who, boolean saved) {
    var main = new StringBuilder(head(config.title()));
    main.append("<p>").append(escaped(config.body())).append("</p>\n");
    main.append("<p class=\"quiet\">").append(escaped(who)).append("</p>\n");
    if (saved) {
      main.append("<p class=\"saved\" role=\"status\">Your preferences are saved.</p>\n");
    }
    main.append("<form method=\"post\">\n");
    for (Row row : rows) {
      row(main, row);
    }
    main.append("<button type=\"submit\">Save</button>\n</form>\n");
    return page(config.title(), style(sender.branding()), main.toString());
  }

  private static void row(StringBuilder main, Row row) {
    main.append("<fieldset><legend>").append(escaped(row.row().name())).append("</legend>\n");
    if (!row.row().description().isEmpty()) {
      main.append("<p class=\"quiet\">").append(escaped(row.row().description())).append("</p>\n");
    }
    for (Switch one : row.switches()) {
      String name = escaped(one.toggle().name());
      switch (one.state()) {
        case CONDITIONAL ->
            main.append("<label><input type=\"checkbox\" disabled> ")
                .append(escaped(one.toggle().label()))
                .append(" <span class=\"quiet\">(follows a rule)</span></label>\n");
        case ON, OFF ->
            main.append("<input type=\"hidden\" name=\"shown\" value=\"")
                .append(name)
                .append("\">\n<label><input type=\"checkbox\" value=\"on\" name=\"")
                .append(name)
                .append(one.state() == Toggle.State.ON ? "\" checked> " : "\"> ")
                .append(escaped(one.toggle().label()))
                .append("</label>\n");
      }
    }
    main.append("</fieldset>\n");
  }

  /** One button: that which a mail program presses too. */
  String unsubscribing(boolean subscribed) {
    String title = subscribed ? "Unsubscribe" : "You are unsubscribed";
    String says =
        subscribed
            ? "Do you want no more marketing and promotional messages?"
            : "You will get no more marketing and promotional messages.";
    String field =
        subscribed
            ? "<input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">"
            : "<input type=\"hidden\" name=\"" + SUBSCRIBE + "\" value=\"on\">";
    return page(
        title,
        style(sender.branding()),
        head(title)
            + "<p>"
            + says
            + "</p>\n<form method=\"post\">"
            + field
            + "\n<p><button type=\"submit\">"
            + (subscribed ? "Unsubscribe" : "Subscribe again")
            + "</button></p></form>\n");
  }

  private String head(String title) {
    Optional<String> name = sender.accountName().filter(_ -> config.showAccountName());
    String logo =
        sender
            .branding()
            .image("logo_url")
            .map(
                it ->
                    "<img src=\"%s\" alt=\"%s\">\n"
                        .formatted(escaped(it), escaped(name.orElse(""))))
            .orElse("");
    return logo
        + name.map(it -> "<p class=\"quiet\">" + escaped(it) + "</p>\n").orElse("")
        + "<h1>"
        + escaped(title)
        + "</h1>\n";
  }

  private static String style(Branding branding) {
    String color = branding.color("primary_color").orElse("#1d4ed8");
    String contrast = branding.color("primary_color_contrast").orElse("#ffffff");
    return STYLE.formatted(
        color,
        contrast,
        branding.color("dark_primary_color").orElse(color),
        branding.color("dark_primary_color_contrast").orElse(contrast));
  }

  private static String page(String title, String style, String main) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    %s</style></head>
    <body><main>
    %s</main></body></html>
    """
        .formatted(escaped(title), style, main);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
