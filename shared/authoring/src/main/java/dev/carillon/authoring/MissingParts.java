package dev.carillon.authoring;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Stand-ins for layouts and partials that a content names and that are not there yet: a project is
 * saved piece by piece, and what is named may come after what names it. What is taken for a name
 * and is none does no harm: nobody asks for its stand-in.
 */
final class MissingParts {
  private static final Pattern PARTIAL =
      Pattern.compile("(?:\\brender\\s*['\"]|\\{\\{#?>\\s*['\"]?)([a-z0-9_-]+)");
  private static final Json.Obj LAYOUT =
      Json.object().with("html_layout", "{{ content }}").with("text_layout", "{{ content }}");

  private final Set<String> partials = new TreeSet<>();
  private final Set<String> layouts = new TreeSet<>();

  private MissingParts() {}

  /** The library, with stand-ins for what the content names and the library has not. */
  static Assets.Library standingIn(Assets.Library library, Json.Obj content) {
    var names = new MissingParts();
    names.collect(content);
    return names.over(library, content);
  }

  /** The library, with stand-ins for these partials, which the content does not use. */
  static Assets.Library standingIn(Assets.Library library, Json.Obj content, Set<String> partials) {
    var names = new MissingParts();
    names.partials.addAll(partials);
    return names.over(library, content);
  }

  private Assets.Library over(Assets.Library library, Json.Obj content) {
    Json language = content.get("template_language").orElse(Json.of("handlebars"));
    return new Assets.Library(
        with(library.layouts(), layouts, _ -> LAYOUT.with("template_language", language)),
        with(
            library.partials(),
            partials,
            _ ->
                Json.object()
                    .with("template_language", language)
                    .with("type", "html")
                    .with("content", "")),
        library.translations());
  }

  private static Json.Obj with(Json.Obj there, Set<String> names, Function<String, Json> standIn) {
    Map<String, Json> all = new LinkedHashMap<>(there.fields());
    names.forEach(name -> all.computeIfAbsent(name, standIn));
    return new Json.Obj(all);
  }

  private void collect(Json json) {
    switch (json) {
      case Json.Obj object -> {
        object.text("layout_key").ifPresent(layouts::add);
        if (object.text("type").filter("partial"::equals).isPresent()) {
          object.text("key").ifPresent(partials::add);
        }
        object.fields().values().forEach(this::collect);
      }
      case Json.Arr(var items) -> items.forEach(this::collect);
      case Json.Str(var text) -> {
        var matcher = PARTIAL.matcher(text);
        while (matcher.find()) {
          partials.add(matcher.group(1));
        }
      }
      case Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
