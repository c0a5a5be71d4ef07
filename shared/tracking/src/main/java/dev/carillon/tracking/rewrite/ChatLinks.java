package dev.carillon.tracking.rewrite;

import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The links of a chat message in JSON (Slack's blocks and attachments, Discord's embeds, Teams'
 * cards), which is walked whole. Buttons and cards are replaced by their fields, links in texts by
 * the writing of each product: {@code <https://x|y>}, {@code [y](https://x)}, {@code <a
 * href="https://x">}. Images, files, and texts that a product does not read as markup stay.
 */
public final class ChatLinks {
  /** Fields that hold an address to follow. */
  private static final Set<String> ADDRESSES =
      Set.of("url", "uri", "href", "link", "title_link", "titlelink", "author_link", "title_url");

  /** Fields with markup in them. */
  private static final Set<String> TEXTS =
      Set.of(
          "text",
          "pretext",
          "content",
          "description",
          "summary",
          "subtitle",
          "activitytitle",
          "activitysubtitle",
          "activitytext",
          "body",
          "title",
          "markdown",
          "footer");

  /** Lists whose {@code value} is text; that of a button is the product's own. */
  private static final Set<String> FACTS = Set.of("fields", "facts");

  /** Fields whose {@code url} is that of a picture or a recording. */
  private static final Set<String> MEDIA =
      Set.of(
          "image",
          "images",
          "thumbnail",
          "icon",
          "avatar",
          "video",
          "audio",
          "media",
          "sources",
          "backgroundimage",
          "heroimage",
          "slack_file",
          "file",
          "files");

  /** Types of objects whose {@code url} is that of a picture or a recording. */
  private static final Set<String> MEDIA_TYPES =
      Set.of("image", "media", "video", "audio", "file", "document", "sticker");

  /** Types of objects whose texts are shown as they are. */
  private static final Set<String> PLAIN_TYPES = Set.of("plain_text", "raw_text");

  /** A Teams button whose {@code value} is where it leads. */
  private static final String OPEN_URL = "openurl";

  /**
   * Fields of products that show an address in angle brackets as it is, and know no label there.
   */
  private static final Set<String> UNLABELLED = Set.of("content", "description", "markdown");

  /** A block of Slack's that is written in Markdown proper. */
  private static final String MARKDOWN = "markdown";

  private static final Pattern IN_TEXT =
      Pattern.compile(
          "<(?<slack>(?i:https)://[^|<>\\s]+)(?<label>\\|[^>]*)?>"
              + "|]\\((?<markdown>(?i:https)://(?:[^()\\s]|\\([^()\\s]*\\))+)(?=[)\\s])");

  private final LinkRewriting rewriting;

  private ChatLinks(LinkRewriting rewriting) {
    this.rewriting = rewriting;
  }

  /** The message with its links replaced. */
  public static Json rewrite(Json message, LinkRewriting rewriting) {
    return new ChatLinks(rewriting).walk(message, "", false);
  }

  /**
   * @param under the field that the value is in, or that its list is in; in lower case
   * @param plain whether texts are shown as they are
   */
  private Json walk(Json value, String under, boolean plain) {
    return switch (value) {
      case Json.Obj object -> object(object, under);
      case Json.Arr(var items) -> list(items, under);
      case Json.Str(var text) ->
          plain || !TEXTS.contains(under)
              ? value
              : Json.of(text(text, !UNLABELLED.contains(under)));
      case Json.Num _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private Json list(List<Json> items, String under) {
    return Json.array(items.stream().map(item -> walk(item, under, false)).toList());
  }

  private Json object(Json.Obj object, String under) {
    String type = object.text("type").orElse("").toLowerCase(Locale.ROOT);
    boolean media = MEDIA.contains(under) || MEDIA_TYPES.contains(type);
    boolean plain = PLAIN_TYPES.contains(type);
    // A field of Discord's has a name where one of Slack's has a title.
    boolean labels =
        !type.equals(MARKDOWN) && !(FACTS.contains(under) && object.fields().containsKey("name"));
    var fields = new LinkedHashMap<String, Json>();
    object
        .fields()
        .forEach(
            (key, value) -> {
              String name = key.toLowerCase(Locale.ROOT);
              fields.put(
                  key,
                  value instanceof Json.Str(var text)
                      ? field(name, text, media, plain, type, under, labels)
                      : walk(value, name, plain));
            });
    return new Json.Obj(fields);
  }

  private Json field(
      String name,
      String text,
      boolean media,
      boolean plain,
      String type,
      String under,
      boolean labels) {
    boolean address =
        name.equals("url") || name.equals("uri")
            ? !media
            : ADDRESSES.contains(name) || (name.equals("value") && type.equals(OPEN_URL));
    if (address) {
      return Json.of(rewriting.tracked(text).orElse(text));
    }
    boolean markup = TEXTS.contains(name) || (name.equals("value") && FACTS.contains(under));
    return Json.of(markup && !plain ? text(text, labels && !UNLABELLED.contains(name)) : text);
  }

  /**
   * @param labels whether an address in angle brackets can say what is shown in its place
   */
  private String text(String text, boolean labels) {
    if (text.toLowerCase(Locale.ROOT).contains("<a ")) {
      return HtmlLinks.rewrite(text, rewriting);
    }
    var splice = new Splice(text);
    Matcher matcher = IN_TEXT.matcher(text);
    while (matcher.find()) {
      String group = matcher.group("slack") != null ? "slack" : "markdown";
      // Slack wants & written as an entity, addresses included.
      String address = matcher.group(group).replace("&amp;", "&");
      Optional<String> tracked = rewriting.tracked(address);
      if (tracked.isPresent()) {
        boolean unnamed = labels && group.equals("slack") && matcher.group("label") == null;
        splice.replace(
            matcher.start(group),
            matcher.end(group),
            unnamed ? tracked.get() + "|" + matcher.group(group) : tracked.get());
      }
    }
    return splice.result();
  }
}
