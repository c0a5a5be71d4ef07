package dev.carillon.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

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

  Libraries() {
    super("libraries", new URL[0], new Shared());
  }

  /** Adds what the package holds; once is enough. */
  void add(Path archive) {
    addURL(url(archive));
  }

  static URL url(Path archive) {
    try {
      return archive.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a class of a package is a library's and the same as here.
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
        && (here.toExternalForm().equals(own.toExternalForm()) || sum(here) == sum(own));
  }

  private static long sum(URL url) {
    try {
      return url.openConnection() instanceof JarURLConnection jar
          ? jar.getJarEntry().getCrc()
          : System.identityHashCode(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
