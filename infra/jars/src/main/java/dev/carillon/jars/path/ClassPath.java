package dev.carillon.jars.path;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Libraries in order: of two classes with one name, the first counts. */
public final class ClassPath {
  /** Where providers of services are registered. */
  public static final String SERVICES = "META-INF/services/";

  private static final String NO_NAME = "[^A-Za-z0-9_.$]+";

  /** Longer texts are licences. */
  private static final int LONG = 20_000;

  private final List<Library> libraries;
  private final Map<String, ClassShape> classes = new HashMap<>();
  private final Map<String, Set<String>> ancestors = new HashMap<>();

  public ClassPath(List<Library> libraries) {
    this.libraries = libraries;
    libraries.forEach(it -> it.classes().forEach(classes::putIfAbsent));
  }

  /** In their order. */
  public List<Library> libraries() {
    return libraries;
  }

  /** Empty for what the JDK has, or nobody. */
  public Optional<ClassShape> find(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** It, and all that an object of it is an instance of, the JDK's types too; none for those. */
  public Set<String> ancestors(String type) {
    Set<String> known = ancestors.get(type);
    if (known == null) {
      known = new LinkedHashSet<>();
      if (classes.containsKey(type)) {
        known.add(type);
        for (String parent : classes.get(type).parents) {
          known.add(parent);
          known.addAll(ancestors(parent));
        }
      }
      ancestors.put(type, known);
    }
    return known;
  }

  /** Empty for interfaces, and where the JDK has it. */
  public Optional<ClassShape> superclass(ClassShape shape) {
    return shape.isInterface || shape.parents.isEmpty()
        ? Optional.empty()
        : find(shape.parents.getFirst());
  }

  /** Providers by the internal name of the service they are registered for. */
  public Map<String, Set<String>> services() {
    var services = new LinkedHashMap<String, Set<String>>();
    for (Library library : libraries) {
      library
          .resources()
          .forEach(
              (path, bytes) -> {
                if (path.startsWith(SERVICES)) {
                  services
                      .computeIfAbsent(
                          path.substring(SERVICES.length()).replace('.', '/'),
                          _ -> new LinkedHashSet<>())
                      .addAll(lines(bytes));
                }
              });
    }
    return services;
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll("#.*", "").strip().replace('.', '/'))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Classes that the library's files name which are no classes, such as lists of interceptors. */
  public List<String> namedInFiles(Library library) {
    var named = new ArrayList<String>();
    library
        .resources()
        .forEach(
            (path, bytes) -> {
              if (!path.startsWith(SERVICES) && bytes.length < LONG && mayName(path)) {
                for (String word : new String(bytes, StandardCharsets.UTF_8).split(NO_NAME)) {
                  String name = word.replace('.', '/');
                  if (name.contains("/") && classes.containsKey(name)) {
                    named.add(name);
                  }
                }
              }
            });
    return named;
  }

  private static boolean mayName(String path) {
    return path.startsWith("META-INF/") || path.endsWith(".interceptors");
  }
}
