package dev.carillon.setting;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.regex.Pattern;

/** What variables may be, in files and in calls alike. */
public final class VariableRules {
  /** The variable that holds the brand of an environment. */
  public static final String BRANDING = "branding";

  /** What a name is. */
  public static final String NAME = "a name is a letter or _ and then letters, digits, _ and -";

  /** Characters; those of a text are searched for in whatever is logged. */
  private static final int SHORTEST_SECRET = 8;

  /** Why a secret may not be shorter. */
  public static final String TOO_SHORT =
      "a secret has at least "
          + SHORTEST_SECRET
          + " characters; a shorter one would be masked in logs wherever its characters happen to"
          + " stand";

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,254}");

  private VariableRules() {}

  /** Whether a variable can be called so. */
  public static boolean isName(String name) {
    return PATTERN.matcher(name).matches();
  }

  /**
   * Whether the value is too short to be a secret. What a secret holds deeper down is often no
   * secret by itself: a port, a user's name.
   */
  public static boolean isTooShort(Json value) {
    return switch (value) {
      case Json.Str(var text) -> text.length() < SHORTEST_SECRET;
      case Json.Num(var number) -> number.toPlainString().length() < SHORTEST_SECRET;
      case Json.Bool _ -> true;
      case Json.Obj _, Json.Arr _, Json.Null _ -> false;
    };
  }

  /**
   * A text is tried as JSON first: {@code "true"} is a truth value and {@code "12.5"} a number,
   * {@code "007"} and {@code "TRUE"} stay texts.
   */
  public static Json value(Json given) {
    return given instanceof Json.Str(var text) ? JsonLiteral.parse(text).orElse(given) : given;
  }
}
