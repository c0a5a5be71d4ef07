package dev.carillon.edge.view;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;

/**
 * A message's data as it is shown: without the files that went along with a mail. They are
 * megabytes that nobody asked for, and in a feed they would go to every browser that opens it.
 */
public final class WithoutFiles {
  /** What a file in the data of a trigger has, by Knock's documentation of attachments. */
  private static final List<String> OF_A_FILE = List.of("name", "content_type", "content");

  private WithoutFiles() {}

  /**
   * The data but for what is a file at its top, or in a list at its top; of a list of nothing else
   * the field goes, too. What only has one or two of a file's fields is none.
   */
  public static Json.Obj of(Json.Obj data) {
    Json.Obj shown = data;
    for (Map.Entry<String, Json> field : data.fields().entrySet()) {
      if (isFile(field.getValue())) {
        shown = shown.without(field.getKey());
      } else if (field.getValue() instanceof Json.Arr(var items)
          && items.stream().anyMatch(WithoutFiles::isFile)) {
        List<Json> others = items.stream().filter(item -> !isFile(item)).toList();
        shown =
            others.isEmpty()
                ? shown.without(field.getKey())
                : shown.with(field.getKey(), Json.array(others));
      }
    }
    return shown;
  }

  /**
   * As {@link #of}, and nothing of what would not fit into an answer: a batch lays the data of many
   * triggers together, and whatever shows it would be answered with an error for ever.
   */
  public static Json.Obj fitting(Json.Obj data) {
    Json.Obj shown = of(data);
    return AnswerRoom.fits(shown) ? shown : Json.Obj.EMPTY;
  }

  private static boolean isFile(Json json) {
    return json instanceof Json.Obj object
        && OF_A_FILE.stream().map(object::text).allMatch(text -> text.isPresent());
  }
}
