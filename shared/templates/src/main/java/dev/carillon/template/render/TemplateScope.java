package dev.carillon.template.render;

import dev.carillon.json.Json;
import dev.carillon.template.translation.TranslationCatalog;
import dev.carillon.time.Zones;
import dev.carillon.variable.Lookups;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables of a message, converted once for all its templates: maps, lists, strings, numbers,
 * booleans and {@link Nothing}, and no object that has anything to call. Immutable.
 */
public final class TemplateScope {

  /** JSON null. A key that holds it is there, so that a name does not fall through to a parent. */
  public enum Nothing {
    NOTHING;

    @Override
    public String toString() {
      return "";
    }
  }

  private final Map<String, Object> variables;
  private final ZoneId zone;
  private final TranslationCatalog translations;
  private final Lookups lookups;

  private TemplateScope(
      Map<String, Object> variables,
      ZoneId zone,
      TranslationCatalog translations,
      Lookups lookups) {
    this.variables = variables;
    this.zone = zone;
    this.translations = translations;
    this.lookups = lookups;
  }

  /** The scope that has the keys of {@code variables} at top level, by the clocks of Etc/UTC. */
  public static TemplateScope of(Json.Obj variables) {
    return of(variables, Zones.lastResort());
  }

  /**
   * @param zone whose clocks count where a template names no zone, or one that does not exist
   */
  public static TemplateScope of(Json.Obj variables, ZoneId zone) {
    return of(variables, zone, TranslationCatalog.NONE);
  }

  /**
   * As {@link #of(Json.Obj, ZoneId)}, with texts in the languages of recipients.
   *
   * @param variables {@code recipient.locale} says the language, {@code tenant.id} whose texts come
   *     first
   */
  public static TemplateScope of(Json.Obj variables, ZoneId zone, TranslationCatalog translations) {
    return of(variables, zone, translations, Lookups.none());
  }

  /** As {@link #of(Json.Obj, ZoneId, TranslationCatalog)}, with what loaders find. */
  public static TemplateScope of(
      Json.Obj variables, ZoneId zone, TranslationCatalog translations, Lookups lookups) {
    return new TemplateScope(map(variables), zone, translations, lookups);
  }

  Lookups lookups() {
    return lookups;
  }

  TranslationCatalog translations() {
    return translations;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The top level; cannot be changed. */
  public Map<String, Object> variables() {
    return variables;
  }

  private static Map<String, Object> map(Json.Obj object) {
    var map = LinkedHashMap.<String, Object>newLinkedHashMap(object.fields().size());
    object.fields().forEach((key, value) -> map.put(key, plain(value)));
    return Collections.unmodifiableMap(map);
  }

  public static Object plain(Json json) {
    return switch (json) {
      case Json.Obj object -> map(object);
      case Json.Arr(var items) -> {
        var list = new ArrayList<Object>(items.size());
        items.forEach(item -> list.add(plain(item)));
        yield Collections.unmodifiableList(list);
      }
      case Json.Str(var value) -> value;
      case Json.Num(var value) -> value;
      case Json.Bool(var value) -> value;
      case Json.Null() -> Nothing.NOTHING;
    };
  }
}
