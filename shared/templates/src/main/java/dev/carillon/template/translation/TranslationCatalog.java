package dev.carillon.template.translation;

import dev.carillon.content.TranslationFile;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of an environment in all its languages. Looked for in the files of the tenant, then in
 * those of all; of each first the language with its region, then the language, then English, which
 * stands for what was never translated. Immutable.
 *
 * <p>A file is {@code {locale_code, namespace?, tenant?, format: json|po, content}}, its content a
 * text.
 */
public final class TranslationCatalog {
  /** Says that there are none. */
  public static final TranslationCatalog NONE = new TranslationCatalog(Map.of());

  /** Of a file: many times what the largest of applications say. */
  public static final int MOST_CHARACTERS = 1_000_000;

  private static final Set<String> FORMS =
      Set.of("zero", "one", "two", "few", "many", PluralRules.OTHER);

  private record Place(String tenant, Locale locale, String namespace) {}

  private final Map<Place, Json.Obj> files;

  private TranslationCatalog(Map<Place, Json.Obj> files) {
    this.files = Map.copyOf(files);
  }

  /**
   * @param translations files by any name; what is wrong in one leaves it out
   */
  public static TranslationCatalog of(Json.Obj translations) {
    var files = new LinkedHashMap<Place, Json.Obj>();
    for (Json value : translations.fields().values()) {
      if (value instanceof Json.Obj file) {
        Locale locale = TranslationFile.language(file.text("locale_code").orElse(""));
        texts(file)
            .ifPresent(
                texts ->
                    files.put(
                        new Place(
                            file.text("tenant").orElse(""),
                            locale,
                            file.text("namespace").orElse("")),
                        texts));
      }
    }
    return files.isEmpty() ? NONE : new TranslationCatalog(files);
  }

  /** What a file says, as nested texts; empty when it is not as its format must be. */
  public static Optional<Json.Obj> texts(Json.Obj file) {
    String content = file.text("content").orElse("");
    if (content.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    return file.text("format").filter("po"::equals).isPresent()
        ? PoFile.read(content, TranslationFile.language(file.text("locale_code").orElse("")))
        : JsonLiteral.parse(content, MOST_CHARACTERS)
            .filter(Json.Obj.class::isInstance)
            .map(Json.Obj.class::cast);
  }

  /**
   * What a file says, as the text of a gettext file; empty when it is not as its format must be.
   */
  public static Optional<String> gettext(Json.Obj file) {
    return texts(file)
        .map(
            texts ->
                PoWriter.write(
                    texts, TranslationFile.language(file.text("locale_code").orElse(""))));
  }

  /** Whether an object holds the plural forms of one text, and no texts of its own. */
  static boolean isPlural(Json.Obj value) {
    return !value.fields().isEmpty()
        && FORMS.containsAll(value.fields().keySet())
        && value.fields().values().stream().allMatch(Json.Str.class::isInstance);
  }

  /**
   * The text of a key, as Liquid source; empty when no language that the recipient may be given has
   * it.
   *
   * @param locale the recipient's: {@code de-CH}, {@code de_CH}; empty when it has none
   * @param tenant the id of the tenant; empty when there is none
   * @param key {@code path.to.text} or {@code namespace:path.to.text}
   * @param count which plural form is wanted; empty when the template gave no count
   */
  public Optional<String> find(
      String locale, String tenant, String key, Optional<BigDecimal> count) {
    int colon = key.indexOf(':');
    String namespace = colon < 0 ? "" : key.substring(0, colon);
    String path = key.substring(colon + 1);
    return places(locale, tenant)
        .flatMap(
            place -> in(place, namespace, path, count).or(() -> itself(place, key, count)).stream())
        .findFirst();
  }

  /** The languages that there are files of, but those of tenants: {@code de-CH}. */
  public SortedSet<String> locales() {
    return files.keySet().stream()
        .filter(place -> place.tenant().isEmpty())
        .map(place -> place.locale().toLanguageTag())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether the language itself, or the one that it is a regional form of, has a text for the key,
   * whatever stands in for it otherwise.
   */
  public boolean has(String locale, String key) {
    int colon = key.indexOf(':');
    String namespace = colon < 0 ? "" : key.substring(0, colon);
    Locale own = TranslationFile.language(locale);
    return Stream.of(own, Locale.of(own.getLanguage()))
        .map(it -> new Where("", it))
        .anyMatch(
            where ->
                in(where, namespace, key.substring(colon + 1), Optional.of(BigDecimal.TEN))
                    .or(() -> itself(where, key, Optional.of(BigDecimal.TEN)))
                    .isPresent());
  }

  /** What is itself a text has no namespace, though there be a colon in it. */
  private Optional<String> itself(Where where, String text, Optional<BigDecimal> count) {
    return in(where, "", text, count).or(() -> in(where, TranslationFile.SYSTEM, text, count));
  }

  private record Where(String tenant, Locale locale) {}

  private Stream<Where> places(String locale, String tenant) {
    List<Locale> locales = TranslationFile.languages(locale);
    var tenants = tenant.isEmpty() ? List.of("") : List.of(tenant, "");
    return tenants.stream().flatMap(it -> locales.stream().map(one -> new Where(it, one)));
  }

  private Optional<String> in(
      Where where, String namespace, String path, Optional<BigDecimal> count) {
    Json.Obj file = files.get(new Place(where.tenant(), where.locale(), namespace));
    return file == null
        ? Optional.empty()
        : value(file, path).flatMap(value -> text(value, where.locale(), count));
  }

  /** A whole text may be a key, dots and all; otherwise dots lead inwards. */
  private static Optional<Json> value(Json.Obj file, String path) {
    Optional<Json> whole = file.get(path);
    if (whole.isPresent()) {
      return whole;
    }
    int dot = path.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : file.get(path.substring(0, dot))
            .filter(Json.Obj.class::isInstance)
            .flatMap(inner -> value((Json.Obj) inner, path.substring(dot + 1)));
  }

  private static Optional<String> text(Json value, Locale locale, Optional<BigDecimal> count) {
    return switch (value) {
      case Json.Str(var text) -> Optional.of(text);
      case Json.Obj forms when FORMS.containsAll(forms.fields().keySet()) ->
          form(forms, locale, count.orElse(BigDecimal.TEN));
      case Json.Num(var number) -> Optional.of(number.toPlainString());
      case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  /** A text for none at all is taken for nought in any language, though its grammar has no zero. */
  private static Optional<String> form(Json.Obj forms, Locale locale, BigDecimal count) {
    Optional<String> nought = count.signum() == 0 ? forms.text("zero") : Optional.empty();
    return nought
        .or(() -> forms.text(PluralRules.form(locale, count)))
        .or(() -> forms.text(PluralRules.OTHER));
  }
}
