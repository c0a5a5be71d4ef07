package dev.carillon.jars;

import dev.carillon.jars.dynamic.LambdaSite;
import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.Library;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of a function's jar: classes that are kept, and what else their libraries have. */
final class FunctionJar {
  /** Of no use once all is in one jar, or to nobody but compilers. */
  private static final List<String> UNUSED_ENDINGS =
      List.of(".SF", ".DSA", ".RSA", ".kotlin_module", ".kotlin_builtins");

  /**
   * What libraries bring along for browsers, generators of code, cookies, and languages we do not
   * speak.
   */
  private static final List<String> UNUSED =
      List.of(
          "handlebars-v",
          "jsv-messages_",
          "codegen-resources/",
          "okhttp3/internal/publicsuffix/",
          "software/amazon/awssdk/regions/internal/region/");

  private FunctionJar() {}

  /**
   * All of them, by path.
   *
   * @throws IllegalStateException when a class that stands in for lambdas would not find its way
   */
  static SortedMap<String, byte[]> files(
      ClassPath classPath, Map<String, KeptClass> kept, ClassTrimmer trimmer, StandInCheck check) {
    var files = new TreeMap<String, byte[]>();
    Set<String> names = kept.keySet();
    services(classPath, names)
        .forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    for (Library library : classPath.libraries()) {
      if (library.classes().keySet().stream().anyMatch(names::contains)) {
        library
            .resources()
            .forEach(
                (name, bytes) -> {
                  if (isUsed(name)) {
                    files.putIfAbsent(name, bytes);
                  }
                });
      }
    }
    var lambdas = new TreeMap<String, List<LambdaSite>>();
    kept.forEach(
        (name, it) -> {
          ClassTrimmer.Trimmed trimmed = trimmer.trimmed(it, classPath);
          files.put(name + ".class", trimmed.bytes());
          trimmed
              .lambdas()
              .forEach(
                  site ->
                      lambdas
                          .computeIfAbsent(site.place().type(), _ -> new ArrayList<>())
                          .add(site));
        });
    lambdas.forEach(
        (type, sites) -> {
          if (files.put(type + ".class", trimmer.lambdas(type, sites)) != null) {
            throw new IllegalStateException(type + " is there already");
          }
        });
    for (String type : lambdas.keySet()) {
      List<String> broken = check.broken(files.get(type + ".class"), files);
      if (!broken.isEmpty()) {
        throw new IllegalStateException(String.join("; ", broken));
      }
    }
    return files;
  }

  private static boolean isUsed(String name) {
    return !name.equals("META-INF/MANIFEST.MF")
        && !name.startsWith(ClassPath.SERVICES)
        && UNUSED.stream().noneMatch(name::startsWith)
        && UNUSED_ENDINGS.stream().noneMatch(name::endsWith);
  }

  private static Map<String, String> services(ClassPath classPath, Set<String> names) {
    var services = new LinkedHashMap<String, String>();
    classPath
        .services()
        .forEach(
            (service, providers) -> {
              List<String> kept = providers.stream().filter(names::contains).toList();
              if (!kept.isEmpty()) {
                services.put(
                    ClassPath.SERVICES + service.replace('/', '.'),
                    kept.stream()
                        .map(it -> it.replace('/', '.') + "\n")
                        .collect(Collectors.joining()));
              }
            });
    return services;
  }
}
