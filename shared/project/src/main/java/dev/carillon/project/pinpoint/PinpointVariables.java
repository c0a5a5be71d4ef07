package dev.carillon.project.pinpoint;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what a Pinpoint template names into what a run has. Both are Handlebars; {@code
 * User.UserAttributes.Plan} is a property of the recipient, and what is none of Pinpoint's own
 * names came with the message and comes with the trigger.
 */
final class PinpointVariables {
  private static final Pattern TAG = Pattern.compile("\\{\\{\\{?[^{}]*\\}?\\}\\}");

  /** A path of Pinpoint's, with the index of a list of values that had one. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![\\w.\"'\\[])\\[?(User|Attributes|Address|Id|Location|Demographic|Metrics)\\]?"
              + "((?:\\.\\[?[\\w-]+\\]?)*)");

  private static final Pattern ALONE = Pattern.compile("\\{\\{\\s*([\\w.\\[\\]-]+)\\s*\\}\\}");
  private static final Pattern INDEX = Pattern.compile("\\.\\[?\\d+\\]?$");
  private static final Map<String, String> DEMOGRAPHIC =
      Map.of("Locale", "locale", "Timezone", "timezone");

  private final String address;
  private final Set<String> lists;
  private final Json.Obj standards;
  private final Set<String> lost = new TreeSet<>();

  /**
   * @param address the property that holds the address of the template's channel
   * @param lists the attributes of users that have several values
   * @param standards {@code DefaultSubstitutions} as Pinpoint keeps it: JSON in a text
   */
  PinpointVariables(String address, Set<String> lists, String standards) {
    this.address = address;
    this.lists = Set.copyOf(lists);
    this.standards = parsed(standards);
  }

  private static Json.Obj parsed(String text) {
    try {
      return JsonText.parse(text) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    } catch (MalformedJson _) {
      return Json.Obj.EMPTY;
    }
  }

  /** What the texts named and nothing stands for here; it comes out empty. */
  Set<String> lost() {
    return Set.copyOf(lost);
  }

  String in(String template) {
    String withStandards = ALONE.matcher(template).replaceAll(this::standard);
    return TAG.matcher(withStandards)
        .replaceAll(
            tag ->
                Matcher.quoteReplacement(PATH.matcher(tag.group()).replaceAll(this::replacement)));
  }

  private String standard(MatchResult tag) {
    String path = tag.group(1).replace("[", "").replace("]", "");
    return Matcher.quoteReplacement(
        standards
            .text(path)
            .map(text -> "{{default " + tag.group(1) + " " + JsonText.write(Json.of(text)) + "}}")
            .orElse(tag.group()));
  }

  private String replacement(MatchResult path) {
    String below = path.group(2).replace("[", "").replace("]", "");
    String found =
        switch (path.group(1)) {
          case "Address" -> "recipient." + address;
          case "Id" -> "recipient.id";
          case "Attributes" -> "recipient.attributes" + single(below);
          case "Location" -> "recipient.location" + below;
          case "User" -> user(below);
          case "Demographic" -> demographic(below);
          default -> "";
        };
    if (found.isEmpty()) {
      lost.add(path.group());
      return Matcher.quoteReplacement("recipient.none");
    }
    return Matcher.quoteReplacement(found);
  }

  private String user(String below) {
    return switch (below) {
      case ".UserId" -> "recipient.id";
      case String it when it.startsWith(".UserAttributes.") ->
          "recipient" + single(it.substring(".UserAttributes".length()));
      default -> "";
    };
  }

  private static String demographic(String below) {
    String known = DEMOGRAPHIC.get(below.replaceFirst("\\.", ""));
    return known == null ? "" : "recipient." + known;
  }

  /** A property that has one value is no list, so that its first item is the value itself. */
  private String single(String below) {
    String name = INDEX.matcher(below).replaceFirst("");
    boolean isList = lists.contains(name.substring(Math.min(1, name.length())));
    return isList
        ? INDEX
            .matcher(below)
            .replaceFirst(
                it -> "." + Matcher.quoteReplacement("[" + it.group().replaceAll("\\D", "") + "]"))
        : name;
  }
}
