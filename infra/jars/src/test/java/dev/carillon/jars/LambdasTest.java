package dev.carillon.jars;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdasTest {
  @TempDir private static Path folder;

  private static Path jar;

  @BeforeAll
  static void pack() throws IOException {
    jar = folder.resolve("function.jar");
    new FunctionPacker().pack(stall(), List.of(home(RequestStreamHandler.class)), jar);
  }

  private static Path stall() throws IOException {
    Path to = Files.createDirectories(folder.resolve("classes/dev/carillon/jars"));
    try (Stream<Path> files = Files.list(home(Stall.class).resolve("dev/carillon/jars"))) {
      for (Path file :
          files.filter(it -> it.getFileName().toString().startsWith("Stall")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return folder.resolve("classes");
  }

  private static Path home(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  @Test
  void classes_that_stand_in_answer_as_lambdas_do() throws Exception {
    List<String> lambdas = answered(folder.resolve("classes"), home(RequestStreamHandler.class));
    assertThat(lambdas)
        .contains("a named stall", "weighs 9", "no text", "same true false", "kept kept")
        .contains("large 200", "3 numbers", "size LARGE");
    assertThat(lambdas.getLast()).startsWith("Stall.java:");
    assertThat(answered(jar)).isEqualTo(lambdas);
  }

  @Test
  void no_switch_over_types_and_no_joined_text_is_left_to_the_jvm() throws IOException {
    assertThat(left())
        .isNotEmpty()
        .allMatch(
            it ->
                Stream.of("LambdaMetafactory", "ObjectMethods", "SwitchBootstraps.enumSwitch")
                    .anyMatch(it::startsWith));
  }

  @Test
  void only_what_can_be_serialized_is_left_to_the_jvm() throws IOException {
    assertThat(left())
        .filteredOn(it -> it.startsWith("LambdaMetafactory"))
        .singleElement()
        .asString()
        .contains("serialized");
  }

  /** What makes it, and where, of each instruction that the JVM makes code for. */
  private static List<String> left() throws IOException {
    var left = new ArrayList<String>();
    for (ClassModel type : classes()) {
      for (MethodModel method : type.methods()) {
        method.code().stream()
            .flatMap(it -> it.elementStream())
            .filter(InvokeDynamicInstruction.class::isInstance)
            .map(InvokeDynamicInstruction.class::cast)
            .forEach(
                it ->
                    left.add(
                        it.bootstrapMethod().owner().displayName()
                            + "."
                            + it.bootstrapMethod().methodName()
                            + " "
                            + method.methodName().stringValue()));
      }
    }
    return left;
  }

  @Test
  void all_lambdas_of_a_package_share_a_class_for_the_interfaces_of_the_jdk() throws IOException {
    assertThat(classes().stream().map(it -> it.thisClass().asInternalName()))
        .filteredOn(it -> it.contains("$$"))
        .hasSize(3)
        .filteredOn(it -> it.endsWith("$$Lambdas"))
        .hasSize(1);
  }

  private static List<String> answered(Path... classPath) throws Exception {
    var urls = new ArrayList<URL>();
    for (Path path : classPath) {
      urls.add(path.toUri().toURL());
    }
    try (var loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass("dev.carillon.jars.Stall$Handler");
      var out = new ByteArrayOutputStream();
      type.getMethod(
              "handleRequest",
              InputStream.class,
              java.io.OutputStream.class,
              loader.loadClass("com.amazonaws.services.lambda.runtime.Context"))
          .invoke(type.getConstructor().newInstance(), InputStream.nullInputStream(), out, null);
      return out.toString().lines().toList();
    }
  }

  private static List<ClassModel> classes() throws IOException {
    var classes = new ArrayList<ClassModel>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(it -> it.getName().endsWith(".class")).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          classes.add(ClassFile.of().parse(in.readAllBytes()));
        }
      }
    }
    return classes;
  }
}
