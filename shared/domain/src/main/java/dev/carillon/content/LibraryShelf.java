package dev.carillon.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The layouts, partials and translations that there are at one moment, each read when something
 * uses it and kept from then on. For several threads.
 */
public final class LibraryShelf {
  /** Nothing. */
  public static final LibraryShelf EMPTY = new LibraryShelf(Map.of(), Map.of());

  /** Of how many users it is known what they use; all are forgotten when there are more. */
  private static final int MOST_USERS = 1_000;

  /** Reads contents by their versions; leaves out what there is none of. */
  @FunctionalInterface
  public interface ReadParts {
    Map<ContentId, Json.Obj> read(Map<ContentId, VersionId> wanted);
  }

  private record Place(VersionId version, ReadParts reader) {}

  /** Who uses parts: templates, and the files of texts in the reader's languages. */
  private record User(List<? extends Json> sources, List<ContentId> files) {}

  /** What is not read yet, or was; given parts have no place. */
  private final Map<ContentId, Place> places;

  private final Map<ContentId, Json.Obj> read;
  private final Map<User, Assets.Library> used = new ConcurrentHashMap<>();
  private final Map<TranslationFile.Whose, List<ContentId>> files = new HashMap<>();

  private LibraryShelf(Map<ContentId, Place> places, Map<ContentId, Json.Obj> given) {
    this.places = places;
    this.read = new ConcurrentHashMap<>(given);
    ids()
        .filter(id -> id.type() == ContentType.TRANSLATION)
        .sorted(Comparator.comparing(ContentId::key))
        .forEach(
            id ->
                files
                    .computeIfAbsent(TranslationFile.whose(id.key()), _ -> new ArrayList<>())
                    .add(id));
  }

  /** What serves in an environment. */
  public static LibraryShelf of(
      Assets assets, EnvironmentId environment, Map<ContentId, VersionId> serving) {
    return EMPTY.with(serving, wanted -> assets.parts(environment, wanted));
  }

  /** A library that is at hand. */
  public static LibraryShelf of(Assets.Library library) {
    Map<ContentId, Json.Obj> given = new LinkedHashMap<>();
    give(given, ContentType.EMAIL_LAYOUT, library.layouts());
    give(given, ContentType.PARTIAL, library.partials());
    give(given, ContentType.TRANSLATION, library.translations());
    return new LibraryShelf(Map.of(), given);
  }

  private static void give(Map<ContentId, Json.Obj> given, ContentType type, Json.Obj parts) {
    parts
        .fields()
        .forEach(
            (key, part) -> {
              if (part instanceof Json.Obj object) {
                given.put(new ContentId(type, key), object);
              }
            });
  }

  /** This with those laid over it. */
  public LibraryShelf with(Map<ContentId, VersionId> versions, ReadParts reader) {
    if (versions.isEmpty()) {
      return this;
    }
    Map<ContentId, Place> all = new LinkedHashMap<>(places);
    versions.forEach((id, version) -> all.put(id, new Place(version, reader)));
    Map<ContentId, Json.Obj> kept = new HashMap<>(read);
    kept.keySet().removeAll(versions.keySet());
    return new LibraryShelf(Map.copyOf(all), kept);
  }

  /** This with those laid over it, which are at hand: contents, or what of them is rendered. */
  public LibraryShelf with(Map<ContentId, Json.Obj> parts) {
    if (parts.isEmpty()) {
      return this;
    }
    Map<ContentId, Json.Obj> kept = new HashMap<>(read);
    parts.forEach((id, part) -> kept.put(id, ServedParts.part(id, part)));
    return new LibraryShelf(places, kept);
  }

  private Stream<ContentId> ids() {
    return Stream.concat(places.keySet().stream(), read.keySet().stream()).distinct();
  }

  /** The keys of those of a type, whether they were read or not. */
  public Set<String> keys(ContentType type) {
    return ids().filter(id -> id.type() == type).map(ContentId::key).collect(Collectors.toSet());
  }

  /** What these templates use, and what those use in turn, but no translations. */
  public Assets.Library usedBy(List<? extends Json> sources) {
    return usedBy(new User(sources, List.of()));
  }

  /**
   * As {@link #usedBy(List)}, and if any of it is translated the files that somebody's texts come
   * from.
   *
   * @param locales the reader's, at least one: {@code de-CH}, {@code de_CH}; empty for none
   * @param tenant the id of the tenant; empty when there is none
   */
  public Assets.Library usedBy(List<? extends Json> sources, List<String> locales, String tenant) {
    var found = new LinkedHashSet<ContentId>();
    if (!files.isEmpty()) {
      for (String owner : tenant.isEmpty() ? List.of("") : List.of(tenant, "")) {
        for (String locale : locales) {
          for (Locale one : TranslationFile.languages(locale)) {
            found.addAll(files.getOrDefault(new TranslationFile.Whose(one, owner), List.of()));
          }
        }
      }
    }
    return usedBy(new User(sources, List.copyOf(found)));
  }

  /**
   * Which of these these templates may use, by themselves or through what they use; of the files of
   * texts, in whatever language, all if any of it is translated.
   */
  public Set<ContentId> usedAmong(Set<ContentId> parts, List<? extends Json> sources) {
    List<ContentId> texts =
        parts.stream().filter(id -> id.type() == ContentType.TRANSLATION).toList();
    var used = new LinkedHashSet<>(reach(new User(sources, texts)).keySet());
    used.retainAll(parts);
    return used;
  }

  private Assets.Library usedBy(User user) {
    Assets.Library known = used.get(user);
    if (known != null) {
      return known;
    }
    Assets.Library library = ServedParts.over(Assets.Library.EMPTY, reach(user));
    if (used.size() >= MOST_USERS) {
      used.clear();
    }
    used.put(user, library);
    return library;
  }

  private Map<ContentId, Json.Obj> reach(User user) {
    var names = new PartNames(keys(ContentType.PARTIAL), keys(ContentType.EMAIL_LAYOUT));
    user.sources().forEach(names::read);
    Map<ContentId, Json.Obj> found = new LinkedHashMap<>();
    follow(names, found);
    if (names.translated() && !user.files().isEmpty()) {
      Map<ContentId, Json.Obj> texts = take(user.files());
      found.putAll(texts);
      // A text may render a partial.
      texts.values().forEach(names::read);
      follow(names, found);
    }
    return found;
  }

  private void follow(PartNames names, Map<ContentId, Json.Obj> found) {
    while (true) {
      List<ContentId> more = names.found().stream().filter(id -> !found.containsKey(id)).toList();
      Map<ContentId, Json.Obj> parts = take(more);
      if (parts.isEmpty()) {
        return;
      }
      found.putAll(parts);
      parts.values().forEach(names::read);
    }
  }

  /** Those that were not read are read together. */
  private Map<ContentId, Json.Obj> take(Collection<ContentId> ids) {
    Map<ReadParts, Map<ContentId, VersionId>> missing = new LinkedHashMap<>();
    for (ContentId id : ids) {
      Place place = places.get(id);
      if (place != null && !read.containsKey(id)) {
        missing
            .computeIfAbsent(place.reader(), _ -> new LinkedHashMap<>())
            .put(id, place.version());
      }
    }
    missing.forEach(
        (reader, wanted) ->
            reader
                .read(Map.copyOf(wanted))
                .forEach((id, part) -> read.put(id, ServedParts.part(id, part))));
    Map<ContentId, Json.Obj> taken = new LinkedHashMap<>();
    for (ContentId id : ids) {
      Optional.ofNullable(read.get(id)).ifPresent(part -> taken.put(id, part));
    }
    return taken;
  }
}
