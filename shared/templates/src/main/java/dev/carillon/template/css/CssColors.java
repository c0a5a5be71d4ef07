package dev.carillon.template.css;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which texts are a colour in CSS. */
public final class CssColors {
  private static final Pattern HEX = Pattern.compile("#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");

  private static final Pattern CALL =
      Pattern.compile("(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\([0-9a-z.,%/+\\s-]{1,80}\\)");

  /** CSS Color Module Level 4, and what stands for no colour of its own. */
  private static final String WORDS =
      """
      aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
      blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue
      cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey
      darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon
      darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
      deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen
      fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
      hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon
      lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey
      lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey
      lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine
      mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen
      mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite
      navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
      paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
      rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell
      sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan
      teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
      transparent currentcolor inherit
      """;

  private static final Set<String> NAMES = Set.of(WORDS.strip().split("\\s+"));

  private CssColors() {}

  /** True for a name, {@code #1d1d26} or {@code rgb(…)}, without blanks around it. */
  public static boolean isColor(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || HEX.matcher(lower).matches() || CALL.matcher(lower).matches();
  }
}
