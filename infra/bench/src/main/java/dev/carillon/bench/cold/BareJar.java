package dev.carillon.bench.cold;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.jars.FunctionPacker;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The bare handler: packed as the functions are, from the same libraries, or in one jar with those
 * libraries whole, as a build that nobody gave much thought would ship it.
 */
final class BareJar {
  static final String HANDLER = "dev.carillon.bench.bare.BareHandler";

  private BareJar() {}

  /**
   * @param home of the repository
   * @param verb the function whose class path it has
   */
  static Path of(Path home, Path folder, String verb) throws IOException {
    Path jar = folder.resolve(verb + "-bare.jar");
    new FunctionPacker().pack(own(), classPath(home, verb), jar);
    return jar;
  }

  /**
   * One jar of it and of each library that it uses, as they are.
   *
   * @param packed what {@link #of} wrote: its classes tell which libraries those are
   */
  static Path shaded(Path home, Path folder, String verb, Path packed) throws IOException {
    Path jar = folder.resolve(verb + "-shaded.jar");
    var used = new HashSet<String>(entries(packed).keySet());
    used.removeIf(it -> !it.endsWith(".class"));
    var files = new TreeMap<String, byte[]>();
    var libraries = new ArrayList<Path>(List.of(own()));
    libraries.addAll(classPath(home, verb));
    for (Path library : libraries) {
      Map<String, byte[]> entries = entries(library);
      if (entries.keySet().stream().anyMatch(used::contains)) {
        entries.forEach(
            (name, bytes) -> {
              if (name.startsWith("META-INF/services/")) {
                files.merge(name, bytes, BareJar::both);
              } else if (!name.equals("META-INF/MANIFEST.MF")) {
                files.putIfAbsent(name, bytes);
              }
            });
      }
    }
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return jar;
  }

  private static byte[] both(byte[] one, byte[] other) {
    return (new String(one, UTF_8) + "\n" + new String(other, UTF_8)).getBytes(UTF_8);
  }

  /** The files of a jar or a folder, by path. */
  private static Map<String, byte[]> entries(Path library) throws IOException {
    var entries = new TreeMap<String, byte[]>();
    if (Files.isDirectory(library)) {
      try (Stream<Path> found = Files.walk(library)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          entries.put(library.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    } else {
      try (var zip = new ZipFile(library.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (!entry.isDirectory()) {
            try (InputStream in = zip.getInputStream(entry)) {
              entries.put(entry.getName(), in.readAllBytes());
            }
          }
        }
      }
    }
    return entries;
  }

  private static List<Path> classPath(Path home, String verb) throws IOException {
    String list =
        Files.readString(home.resolve("functions").resolve(verb).resolve("target/class-path.txt"));
    return Stream.of(list.strip().split(File.pathSeparator)).map(Path::of).toList();
  }

  private static Path own() {
    return Path.of(
        URI.create(BareJar.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
