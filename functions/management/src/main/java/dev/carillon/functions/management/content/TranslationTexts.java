package dev.carillon.functions.management.content;

import dev.carillon.json.Json;
import dev.carillon.template.liquid.Liquid;
import dev.carillon.template.liquid.LiquidPartial;
import dev.carillon.template.liquid.OutputEscape;
import dev.carillon.template.liquid.TranslationUse;
import dev.carillon.template.translation.TranslationCatalog;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The texts that a content asks the translations for, and the languages that lack them. */
final class TranslationTexts {
  private static final String LANGUAGE = "template_language";
  private static final String LIQUID = "liquid";

  /** What a key that no language has is printed in. */
  private static final String LAST_RESORT = "en";

  private final Liquid liquid;
  private final TranslationCatalog catalog;
  private final SortedSet<String> locales;

  /**
   * @param partials the keys of those that there are
   */
  TranslationTexts(Set<String> partials, TranslationCatalog catalog) {
    Map<String, LiquidPartial> named = new LinkedHashMap<>();
    partials.forEach(key -> named.put(key, LiquidPartial.of("", OutputEscape.Standard.NONE)));
    this.liquid = Liquid.of(named);
    this.catalog = catalog;
    this.locales = new TreeSet<>(catalog.locales());
    locales.add(LAST_RESORT);
  }

  /** Each text once, in the order in which the content has them. Handlebars has no translations. */
  List<Json> of(Json.Obj content) {
    var uses = new LinkedHashSet<TranslationUse>();
    read(content, false, uses);
    return uses.stream().map(this::view).toList();
  }

  /** The texts that stand between tags, each once, in the order in which the content has them. */
  static Set<String> ofTags(Json.Obj content, Set<String> partials) {
    var uses = new LinkedHashSet<TranslationUse>();
    new TranslationTexts(partials, TranslationCatalog.NONE).read(content, false, uses);
    return uses.stream()
        .filter(TranslationUse::isItself)
        .map(TranslationUse::text)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void read(Json json, boolean inLiquid, Set<TranslationUse> uses) {
    switch (json) {
      case Json.Obj object -> {
        boolean within = object.text(LANGUAGE).map(LIQUID::equals).orElse(inLiquid);
        object.fields().values().forEach(value -> read(value, within, uses));
      }
      case Json.Arr(var items) -> items.forEach(item -> read(item, inLiquid, uses));
      case Json.Str(var source) when inLiquid && source.contains("{") ->
          uses.addAll(liquid.translations(source));
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private Json view(TranslationUse use) {
    var there = new TreeSet<String>();
    var missing = new TreeSet<String>();
    for (String locale : locales) {
      if (catalog.has(locale, use.text())) {
        there.add(locale);
      } else if (!use.isItself() || !locale.equals(LAST_RESORT)) {
        missing.add(locale);
      }
    }
    return Json.object()
        .with("text", use.text())
        .with("locales", Json.texts(List.copyOf(there)))
        .with("missing", Json.texts(List.copyOf(missing)));
  }
}
