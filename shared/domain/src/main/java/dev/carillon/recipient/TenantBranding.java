package dev.carillon.recipient;

import dev.carillon.json.Json;
import dev.carillon.time.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How a tenant looks: {@code settings.branding}, which templates see as {@code vars.branding}. */
public final class TenantBranding {
  private static final Pattern COLOR =
      Pattern.compile("#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})");

  private TenantBranding() {}

  /**
   * What is wrong with a branding that is to be written or merged; none when nothing is. Colours
   * are {@code #1d1d26} or shorter, addresses are texts; null and an empty text take one away. A
   * name that is not known here is for the project's own templates.
   *
   * @return the fields are below the branding
   */
  public static List<FieldProblem> problems(Json branding) {
    var problems = new ArrayList<FieldProblem>();
    switch (branding) {
      case Json.Null() -> {}
      case Json.Obj(var fields) ->
          fields.forEach(
              (name, value) -> {
                if (name.endsWith("_color") || name.endsWith("_color_contrast")) {
                  if (!isColor(value)) {
                    problems.add(new FieldProblem(name, "must be a colour as #1d1d26"));
                  }
                } else if (name.endsWith("_url") && !isText(value)) {
                  problems.add(new FieldProblem(name, "must be a string"));
                }
              });
      case Json.Str _, Json.Num _, Json.Bool _, Json.Arr _ ->
          problems.add(new FieldProblem("", "must be an object"));
    }
    return List.copyOf(problems);
  }

  /** Whether it is a colour, or null or blank, which is none. */
  public static boolean isColor(Json value) {
    return value instanceof Json.Null
        || value instanceof Json.Str(var text) && (text.isBlank() || COLOR.matcher(text).matches());
  }

  private static boolean isText(Json value) {
    return value instanceof Json.Null || value instanceof Json.Str;
  }
}
