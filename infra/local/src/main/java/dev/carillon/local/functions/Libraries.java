package dev.carillon.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The libraries that deployment packages hold, for all functions of a stack: a class that several
 * packages have is loaded, and compiled while they work, once. Ours are not among them: what they
 * remember is one function's. Safe for many threads.
 */
final class Libraries extends URLClassLoader {
  static {
    ClassLoader.registerAsParallelCapable();
  }

  private static final String OURS = "dev/carillon/";

  /** Beside a package in {@code infra/aws/target/cdk.out}: what {@code infra/jars} read. */
  private static final String LIST = "../../../jars/target/libraries.txt";

  private final Set<String> whole = ConcurrentHashMap.newKeySet();

  Libraries() {
    super("libraries", new URL[0], new Shared());
  }

  /** Adds what the package was packed from, and what it holds; once is enough. */
  void add(Path archive) {
    if (whole.isEmpty()) {
      for (Path library : packedFrom(archive)) {
        whole.add(url(library).toExternalForm());
        addURL(url(library));
      }
    }
    addURL(url(archive));
  }

  /** The libraries as they were before each package got what its function can reach of them. */
  private static List<Path> packedFrom(Path archive) {
    try {
      Path list = archive.toRealPath().resolveSibling(LIST).normalize();
      return Files.exists(list)
          ? Files.readAllLines(list).stream().map(Path::of).filter(Files::exists).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static URL url(Path archive) {
    try {
      return archive.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a class of a package is a library's and whole here. What one package has of a class may
   * be another part of it than what another has.
   *
   * @param file its name, with slashes
   * @param own where the package has it; null when it has none
   */
  boolean have(String file, URL own) {
    if (own == null || file.startsWith(OURS)) {
      return false;
    }
    var here = findResource(file);
    return here != null
        && (here.toExternalForm().equals(own.toExternalForm())
            || whole.stream().anyMatch(it -> here.toExternalForm().startsWith("jar:" + it + "!")));
  }

  /** The JDK and {@code com.amazonaws.services.lambda.runtime}. */
  private static final class Shared extends ClassLoader {
    static {
      ClassLoader.registerAsParallelCapable();
    }

    private static final String INTERFACES = "com.amazonaws.services.lambda.runtime.";

    Shared() {
      super("shared", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(INTERFACES)) {
        return Shared.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
