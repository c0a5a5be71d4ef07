package dev.carillon.jars.path;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder of classes or a jar of a class path.
 *
 * @param classes by internal name
 * @param resources what is no class, by path
 */
public record Library(Path path, Map<String, ClassShape> classes, Map<String, byte[]> resources) {
  private static final String CLASS = ".class";

  /** Classes of later Java versions are left out, as on a class path that is one jar. */
  private static final List<String> UNUSED =
      List.of("META-INF/versions/", "META-INF/maven/", "META-INF/native-image/");

  /**
   * Reads a folder or a jar.
   *
   * @param trimmed whether methods that nothing reaches may be left out of the class with this path
   */
  public static Library read(Path path, Predicate<String> trimmed) throws IOException {
    var files = new TreeMap<String, byte[]>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> found = Files.walk(path)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          files.put(path.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    } else {
      try (var zip = new ZipFile(path.toFile())) {
        for (ZipEntry entry :
            (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
          if (!entry.isDirectory()) {
            try (InputStream in = zip.getInputStream(entry)) {
              files.put(entry.getName(), in.readAllBytes());
            }
          }
        }
      }
    }
    var classes = new LinkedHashMap<String, ClassShape>();
    var resources = new LinkedHashMap<String, byte[]>();
    files.forEach(
        (name, bytes) -> {
          if (UNUSED.stream().anyMatch(name::startsWith) || name.endsWith("module-info.class")) {
            return;
          }
          if (name.endsWith(CLASS)) {
            var shape = new ClassShape(bytes, trimmed.test(name));
            classes.put(shape.name, shape);
          } else {
            resources.put(name, bytes);
          }
        });
    return new Library(path, classes, resources);
  }
}
