package dev.carillon.tracking.rewrite;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.tracking.link.LinkDomains;
import dev.carillon.tracking.link.TrackLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message says, with its links and opens tracked. */
public final class ContentLinks {
  private static final String UNSUBSCRIBE = "list-unsubscribe";

  /** RFC 2369: addresses in angle brackets, commas between. */
  private static final Pattern ADDRESS = Pattern.compile("<([^<>]*)>");

  private ContentLinks() {}

  /**
   * The content with its links replaced. A push and a request to a customer's endpoint have none.
   *
   * @param links short ones for SMS and WhatsApp, standard ones otherwise
   * @param footer the addresses of a mail's footer, which stay; those of its List-Unsubscribe
   *     header stay anyway
   * @param actions what becomes of what an in-app item opens
   */
  public static Content track(
      Content content,
      TrackLink links,
      LinkDomains domains,
      Collection<String> footer,
      FeedLinks.Actions actions) {
    List<String> kept = new ArrayList<>(footer);
    if (content instanceof Content.Email mail) {
      kept.addAll(unsubscribing(mail));
    }
    var rewriting = new LinkRewriting(links, domains, kept);
    return switch (content) {
      case Content.Email mail -> {
        String html = HtmlLinks.rewrite(mail.html(), rewriting);
        yield with(mail, html, TextLinks.rewrite(mail.text(), rewriting.ofTheOtherForm()));
      }
      case Content.Sms(var to, var body, var overrides) ->
          new Content.Sms(to, TextLinks.rewrite(body, rewriting), overrides);
      case Content.Chat(var connection, var body, var overrides) ->
          new Content.Chat(connection, chat(body, rewriting), overrides);
      case Content.InAppFeed(var blocks) ->
          new Content.InAppFeed(Json.array(FeedLinks.rewrite(blocks.items(), actions, rewriting)));
      case Content.Push _, Content.Http _ -> content;
    };
  }

  /**
   * The mail with its open pixel; the same when it has no HTML to put it in.
   *
   * @param address of the pixel
   */
  public static Content.Email withPixel(Content.Email mail, String address) {
    return mail.html().isEmpty()
        ? mail
        : with(mail, OpenPixel.last(mail.html(), address), mail.text());
  }

  private static Content.ChatBody chat(Content.ChatBody body, LinkRewriting rewriting) {
    return switch (body) {
      case Content.ChatBody.Markdown(var text) ->
          new Content.ChatBody.Markdown(MarkdownLinks.rewrite(text, rewriting));
      case Content.ChatBody.Blocks(var json, var summary) ->
          new Content.ChatBody.Blocks(ChatLinks.rewrite(json, rewriting), summary);
    };
  }

  private static Content.Email with(Content.Email mail, String html, String text) {
    return new Content.Email(
        mail.envelope(),
        mail.subject(),
        html,
        text,
        mail.headers(),
        mail.attachments(),
        mail.overrides());
  }

  private static List<String> unsubscribing(Content.Email mail) {
    Optional<String> header =
        mail.headers().entrySet().stream()
            .filter(it -> it.getKey().toLowerCase(Locale.ROOT).equals(UNSUBSCRIBE))
            .map(Map.Entry::getValue)
            .findFirst();
    var addresses = new ArrayList<String>();
    Matcher matcher = ADDRESS.matcher(header.orElse(""));
    while (matcher.find()) {
      addresses.add(matcher.group(1).strip());
    }
    return addresses;
  }
}
