import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Formats the Java files below a folder with google-java-format, or says which are not formatted.
 * What was found formatted is remembered by its content in {@code target/formatted}, so that a
 * build looks only at files that changed since.
 *
 * <p>Run by the build as a source file: {@code java -cp google-java-format.jar Format.java
 * check|write FOLDER}.
 */
public final class Format {
  public static void main(String[] args) throws Exception {
    boolean check = args[0].equals("check");
    Path folder = Path.of(args[1]);
    Path memory = folder.resolve("target").resolve("formatted");
    Set<String> known = remembered(memory);
    Map<Path, String> files = files(folder);
    List<String> changed =
        files.entrySet().stream()
            .filter(file -> !known.contains(file.getValue()))
            .map(file -> file.getKey().toString())
            .toList();
    int exit = changed.isEmpty() ? 0 : format(check, changed);
    if (exit == 0) {
      Files.createDirectories(memory.getParent());
      // Anew where formatting has changed them.
      Files.write(memory, new TreeSet<>((check ? files : files(folder)).values()));
    } else if (check) {
      System.err.println("The files above are not formatted; ./carillon format mends them.");
    }
    System.exit(exit);
  }

  private static int format(boolean check, List<String> files) throws Exception {
    var arguments = new ArrayList<>(check ? List.of("-n", "--set-exit-if-changed") : List.of("-i"));
    arguments.addAll(files);
    return new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
        .format(arguments.toArray(String[]::new));
  }

  /** The Java files below the folder and what each holds. */
  private static Map<Path, String> files(Path folder) throws IOException {
    var files = new LinkedHashMap<Path, String>();
    try (var paths = Files.walk(folder)) {
      paths
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/") && !path.endsWith("Format.java"))
          .sorted()
          .forEach(path -> files.put(path, hash(path)));
    }
    return files;
  }

  private static Set<String> remembered(Path memory) throws IOException {
    return Files.exists(memory) ? Set.copyOf(Files.readAllLines(memory)) : Set.of();
  }

  private static String hash(Path file) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(VERSION.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another formatter may find otherwise. */
  private static final String VERSION =
      String.valueOf(Main.class.getPackage().getImplementationVersion());
}
