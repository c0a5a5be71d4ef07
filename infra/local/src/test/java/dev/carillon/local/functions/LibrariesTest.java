package dev.carillon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
  /**
   * @param field its one field
   */
  private record Named(String name, String field) {
    byte[] bytes() {
      return ClassFile.of()
          .build(
              ClassDesc.of(name),
              builder -> builder.withField(field, ConstantDescs.CD_int, ClassFile.ACC_PUBLIC));
    }
  }

  @TempDir Path folder;
  private final Libraries libraries = new Libraries();
  private FunctionLoader one;
  private FunctionLoader other;

  @BeforeEach
  void load() throws IOException {
    Files.createDirectories(folder.resolve("jars/target"));
    Files.createDirectories(folder.resolve("aws/target/cdk.out"));
    var whole = folder.resolve("library.jar");
    jar(whole, new Named("library.Same", "whole"));
    Files.writeString(folder.resolve("jars/target/libraries.txt"), whole + "\n");
    one =
        function(
            "one.jar",
            new Named("library.Same", "a"),
            new Named("library.Changed", "a"),
            new Named("library.OfOne", "a"),
            new Named("dev.carillon.Ours", "a"));
    other =
        function(
            "other.jar",
            new Named("library.Same", "b"),
            new Named("library.Changed", "b"),
            new Named("dev.carillon.Ours", "a"));
  }

  @AfterEach
  void close() throws IOException {
    one.close();
    other.close();
    libraries.close();
  }

  private FunctionLoader function(String jar, Named... classes) throws IOException {
    var archive = folder.resolve("aws/target/cdk.out").resolve(jar);
    jar(archive, classes);
    libraries.add(archive);
    return new FunctionLoader(archive, libraries);
  }

  private static void jar(Path archive, Named... classes) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(archive))) {
      for (var named : classes) {
        out.putNextEntry(new JarEntry(named.name().replace('.', '/') + ".class"));
        out.write(named.bytes());
      }
    }
  }

  @Test
  void a_library_s_class_that_two_packages_have_parts_of_is_loaded_once_and_whole()
      throws Exception {
    assertThat(one.loadClass("library.Same")).isSameAs(other.loadClass("library.Same"));
    assertThat(one.loadClass("library.Same").getField("whole")).isNotNull();
  }

  @Test
  void a_class_that_no_library_has_whole_is_each_package_s_own() throws Exception {
    assertThat(one.loadClass("library.Changed").getField("a")).isNotNull();
    assertThat(other.loadClass("library.Changed").getField("b")).isNotNull();
  }

  @Test
  void a_class_that_a_package_lacks_is_not_there_though_another_has_it() {
    assertThatThrownBy(() -> other.loadClass("library.OfOne"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void our_own_classes_are_never_shared() throws ClassNotFoundException {
    assertThat(one.loadClass("dev.carillon.Ours"))
        .isNotSameAs(other.loadClass("dev.carillon.Ours"));
    assertThat(other.loadClass("dev.carillon.Ours").getClassLoader()).isSameAs(other);
  }
}
