package dev.carillon.tracking.rewrite;

import dev.carillon.json.Json;
import dev.carillon.tracking.LinkDomains;
import dev.carillon.tracking.StandardLinks;
import dev.carillon.tracking.TrackingChoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rendered mail with its links and its opens tracked, as far as chosen. */
public final class MailLinks {
  private static final String HTML = "html_body";
  private static final String TEXT = "text_body";
  private static final String HEADERS = "headers";
  private static final String UNSUBSCRIBE = "list-unsubscribe";

  /** RFC 2369: addresses in angle brackets, commas between. */
  private static final Pattern ADDRESS = Pattern.compile("<([^<>]*)>");

  private MailLinks() {}

  /**
   * @param mail with {@code html_body}, {@code text_body} and {@code headers} as far as it has them
   * @param footer the addresses of its layout's footer, which stay; those of its List-Unsubscribe
   *     header stay anyway
   * @return the same when nothing is to be tracked
   */
  public static Json.Obj rewrite(
      Json.Obj mail,
      TrackingChoice choice,
      Collection<String> footer,
      StandardLinks links,
      LinkDomains domains) {
    Json.Obj tracked = mail;
    if (choice.links()) {
      List<String> kept = new ArrayList<>(footer);
      kept.addAll(unsubscribing(mail.object(HEADERS)));
      var rewriting = new LinkRewriting(links, domains, kept);
      tracked = with(tracked, HTML, mail.text(HTML).map(it -> HtmlLinks.rewrite(it, rewriting)));
      tracked = with(tracked, TEXT, mail.text(TEXT).map(it -> TextLinks.rewrite(it, rewriting)));
    }
    return choice.opens()
        ? with(tracked, HTML, tracked.text(HTML).map(it -> OpenPixel.last(it, links.pixel())))
        : tracked;
  }

  private static Json.Obj with(Json.Obj mail, String field, Optional<String> value) {
    return value.map(it -> mail.with(field, it)).orElse(mail);
  }

  private static List<String> unsubscribing(Json.Obj headers) {
    var addresses = new ArrayList<String>();
    for (Map.Entry<String, Json> header : headers.fields().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).equals(UNSUBSCRIBE)
          && header.getValue() instanceof Json.Str(var value)) {
        Matcher matcher = ADDRESS.matcher(value);
        while (matcher.find()) {
          addresses.add(matcher.group(1).strip());
        }
      }
    }
    return addresses;
  }
}
