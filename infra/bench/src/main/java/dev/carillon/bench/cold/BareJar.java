package dev.carillon.bench.cold;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The bare handler, packed with the part of the SDK that a function's own jar has. */
final class BareJar {
  static final String HANDLER = "dev.carillon.bench.bare.BareHandler";

  private static final String PACKAGE = "dev/carillon/bench/bare/";

  /** The SDK and what it needs. */
  private static final List<String> SDK =
      List.of("software/amazon/", "org/slf4j/", "org/reactivestreams/", "META-INF/services/");

  private BareJar() {}

  static Path of(Path function, Path folder, String verb) throws IOException {
    Path jar = folder.resolve(verb + "-bare.jar");
    try (var from = new ZipFile(function.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
        if (!entry.isDirectory() && SDK.stream().anyMatch(entry.getName()::startsWith)) {
          try (InputStream in = from.getInputStream(entry)) {
            put(out, entry.getName(), in.readAllBytes());
          }
        }
      }
      for (Path file : own()) {
        put(out, PACKAGE + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return jar;
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private static List<Path> own() throws IOException {
    Path classes =
        Path.of(
            URI.create(
                BareJar.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    try (Stream<Path> files = Files.list(classes.resolve(PACKAGE))) {
      return files.toList();
    }
  }
}
