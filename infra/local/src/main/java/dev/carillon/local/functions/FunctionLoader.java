package dev.carillon.local.functions;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * The classes of one deployment package and nothing else: below the JDK it shares only Lambda's own
 * interfaces with the stack, so that a function meets the libraries it is deployed with. Our own
 * classes are this function's alone, with all they remember; a library's class that another package
 * has too, byte for byte, is loaded once for both.
 */
final class FunctionLoader extends URLClassLoader {
  static {
    ClassLoader.registerAsParallelCapable();
  }

  private final Libraries libraries;

  FunctionLoader(Path archive, Libraries libraries) {
    super(
        archive.getFileName().toString(),
        new URL[] {Libraries.url(archive)},
        libraries.getParent());
    this.libraries = libraries;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    var file = name.replace('.', '/') + ".class";
    return libraries.have(file, findResource(file))
        ? libraries.loadClass(name)
        : super.findClass(name);
  }
}
