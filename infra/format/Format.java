import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats every Java file below a folder with google-java-format, or says which are not formatted.
 *
 * <p>Run by the build as a source file: {@code java -cp google-java-format.jar Format.java check|write FOLDER}.
 */
public final class Format {
  public static void main(String[] args) throws Exception {
    boolean check = args[0].equals("check");
    List<String> arguments = new ArrayList<>(check ? List.of("-n", "--set-exit-if-changed") : List.of("-i"));
    try (var paths = Files.walk(Path.of(args[1]))) {
      paths
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/") && !path.endsWith("Format.java"))
          .sorted()
          .forEach(path -> arguments.add(path.toString()));
    }
    int exit = new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
        .format(arguments.toArray(String[]::new));
    if (exit != 0 && check) {
      System.err.println("The files above are not formatted; ./carillon format mends them.");
    }
    System.exit(exit);
  }
}
