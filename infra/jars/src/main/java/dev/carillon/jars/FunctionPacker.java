package dev.carillon.jars;

import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.Library;
import dev.carillon.jars.path.PlatformMethods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Packs functions into one jar each. Reads a library that several of them share once. Not safe for
 * several threads.
 */
public final class FunctionPacker {
  private static final String HANDLER =
      "com/amazonaws/services/lambda/runtime/RequestStreamHandler";

  /** Libraries that look up by reflection what no code and no text names. */
  private static final List<String> WHOLE = List.of("jakarta/", "org/eclipse/angus/");

  private final Map<Path, Library> libraries = new HashMap<>();
  private final PlatformMethods platform = new PlatformMethods();
  private final ClassTrimmer trimmer = new ClassTrimmer(platform);
  private final StandInCheck standIns = new StandInCheck(platform);
  private final ZipWriter zip = new ZipWriter();

  /**
   * Writes the jar anew.
   *
   * @param classes the function's own; all handlers among them are packed
   * @param classPath the jars and folders that it runs with
   * @return how many classes are in the jar
   * @throws IOException also when there is no handler, or when what would be left out is missed
   */
  public int pack(Path classes, List<Path> classPath, Path jar) throws IOException {
    Library own = library(classes);
    var all = new ArrayList<Library>(List.of(own));
    for (Path entry : classPath) {
      all.add(library(entry));
    }
    var whole = new ClassPath(all);
    List<String> handlers =
        own.classes().values().stream()
            .filter(it -> whole.ancestors(it.name).contains(HANDLER))
            .map(it -> it.name)
            .toList();
    if (handlers.isEmpty()) {
      throw new IOException("There is no handler in " + classes);
    }
    Map<String, KeptClass> reached = Reach.from(handlers, whole, platform);
    List<String> broken = LinkCheck.broken(whole, platform, reached);
    if (!broken.isEmpty()) {
      throw new IOException(jar + " would lack something: " + String.join("; ", broken));
    }
    Files.createDirectories(jar.getParent());
    SortedMap<String, byte[]> files = FunctionJar.files(whole, reached, trimmer, standIns);
    zip.write(jar, files);
    return (int) files.keySet().stream().filter(it -> it.endsWith(".class")).count();
  }

  private Library library(Path path) throws IOException {
    Library known = libraries.get(path);
    if (known == null) {
      known = Library.read(path, name -> WHOLE.stream().noneMatch(name::startsWith));
      libraries.put(path, known);
    }
    return known;
  }
}
