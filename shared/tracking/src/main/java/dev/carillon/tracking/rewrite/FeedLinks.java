package dev.carillon.tracking.rewrite;

import dev.carillon.json.Json;
import dev.carillon.tracking.TrackedLink;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The links of an in-app message's blocks: those in the rendered HTML of its body and, if wanted,
 * what the item and its buttons open. The templates in {@code content} stay.
 */
public final class FeedLinks {
  /** The block that says what a click on the item opens. */
  private static final String ACTION_URL = "action_url";

  /** What becomes of the addresses that an item and its buttons open. */
  public enum Actions {
    /** They stay: the client tells of a click itself (Knock's way). */
    LEFT,
    /** They are tracked, for clients that tell of nothing. */
    TRACKED
  }

  private FeedLinks() {}

  public static List<Json> rewrite(List<Json> blocks, Actions actions, LinkRewriting rewriting) {
    return blocks.stream().map(block -> block(block, actions, rewriting)).toList();
  }

  private static Json block(Json json, Actions actions, LinkRewriting rewriting) {
    if (!(json instanceof Json.Obj block)) {
      return json;
    }
    return switch (block.text("type").orElse("")) {
      case "markdown" -> with(block, "rendered", html -> HtmlLinks.rewrite(html, rewriting));
      case "text" ->
          actions == Actions.TRACKED && block.text("name").orElse("").equals(ACTION_URL)
              ? with(block, "rendered", address -> action(address, rewriting))
              : block;
      case "button_set" ->
          actions == Actions.TRACKED
              ? block.with(
                  "buttons",
                  Json.array(
                      block.list("buttons").stream()
                          .map(button -> button(button, rewriting))
                          .toList()))
              : block;
      default -> block;
    };
  }

  private static Json button(Json json, LinkRewriting rewriting) {
    return json instanceof Json.Obj button
        ? with(button, "action", address -> action(address, rewriting))
        : json;
  }

  private static Json.Obj with(Json.Obj object, String key, UnaryOperator<String> change) {
    return object.text(key).map(text -> object.with(key, change.apply(text))).orElse(object);
  }

  private static String action(String address, LinkRewriting rewriting) {
    return rewriting.tracked(address, TrackedLink.Kind.ACTION).orElse(address);
  }
}
