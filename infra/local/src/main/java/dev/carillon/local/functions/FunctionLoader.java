package dev.carillon.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * The classes of one deployment package and nothing else: below the JDK it shares only Lambda's own
 * interfaces with the stack, so that a function meets the libraries it is deployed with.
 */
final class FunctionLoader extends URLClassLoader {
  static {
    ClassLoader.registerAsParallelCapable();
  }

  FunctionLoader(Path archive) {
    super(archive.getFileName().toString(), new URL[] {url(archive)}, new Shared());
  }

  private static URL url(Path archive) {
    try {
      return archive.toUri().toURL();
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
        return FunctionLoader.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
