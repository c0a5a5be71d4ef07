package dev.carillon.jars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.Library;
import dev.carillon.jars.path.PlatformMethods;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionPackerTest {
  private static final String SHOP = "dev/carillon/jars/Shop";

  @TempDir private static Path folder;

  private static Path jar;

  @BeforeAll
  static void pack() throws IOException {
    jar = folder.resolve("function.jar");
    new FunctionPacker().pack(shop(folder.resolve("classes")), classPath(), jar);
  }

  /** The compiled classes of {@link Shop}, with its service's provider registered. */
  private static Path shop(Path target) throws IOException {
    Path own = Path.of(Shop.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path to = Files.createDirectories(target.resolve("dev/carillon/jars"));
    try (Stream<Path> files = Files.list(own.resolve("dev/carillon/jars"))) {
      for (Path file :
          files.filter(it -> it.getFileName().toString().startsWith("Shop")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Path services = Files.createDirectories(target.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.carillon.jars.Shop$Till"), "dev.carillon.jars.Shop$Bell # rings\n");
    Files.createDirectories(target.resolve("META-INF/maven"));
    Files.writeString(target.resolve("META-INF/maven/pom.xml"), "<project/>");
    Files.writeString(target.resolve("prices.txt"), "1");
    return target;
  }

  private static List<Path> classPath() {
    return List.of(
        Path.of(
            RequestStreamHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()));
  }

  @Test
  void a_packed_function_answers_as_it_did_before() throws Exception {
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass("dev.carillon.jars.Shop$Handler");
      Thread.currentThread().setContextClassLoader(loader);
      var out = new ByteArrayOutputStream();
      type.getMethod(
              "handleRequest",
              InputStream.class,
              java.io.OutputStream.class,
              loader.loadClass("com.amazonaws.services.lambda.runtime.Context"))
          .invoke(type.getConstructor().newInstance(), InputStream.nullInputStream(), out, null);
      assertThat(out.toString().lines())
          .containsExactly(
              "apple",
              "one euro",
              "fig",
              "LARGE9",
              "HELLO",
              "by name",
              "ding",
              "fruit plum",
              "Fruit[name=kiwi]");
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }

  @Test
  void what_nothing_reaches_is_left_out() throws IOException {
    assertThat(files()).doesNotContain(SHOP + "$Unreached.class");
    assertThat(methods(SHOP + "$Fruit"))
        .contains("label", "compareTo", "name", "toString")
        .doesNotContain("peeled");
    assertThat(methods(SHOP + "$Goods")).contains("price").doesNotContain("recall");
    assertThat(methods(SHOP + "$Speech")).containsExactly("say");
  }

  @Test
  void files_stay_but_those_of_the_build() throws IOException {
    assertThat(files())
        .contains("prices.txt", "META-INF/services/dev.carillon.jars.Shop$Till")
        .doesNotContain("META-INF/maven/pom.xml");
  }

  @Test
  void two_of_the_same_have_the_same_bytes() throws IOException {
    Path again = folder.resolve("again.jar");
    new FunctionPacker().pack(folder.resolve("classes"), classPath(), again);
    assertThat(again).hasSameBinaryContentAs(jar);
  }

  @Test
  void classes_without_a_handler_are_refused() {
    assertThatThrownBy(
            () ->
                new FunctionPacker()
                    .pack(folder.resolve("META-INF"), List.of(), folder.resolve("none.jar")))
        .isInstanceOf(IOException.class);
  }

  /** The shop and what it is made from. */
  private ClassPath shop() throws IOException {
    return new ClassPath(
        List.of(
            Library.read(folder.resolve("classes"), _ -> true),
            Library.read(classPath().getFirst(), _ -> true)));
  }

  @Test
  void a_name_that_leads_nowhere_or_elsewhere_is_noticed() throws IOException {
    var whole = shop();
    var platform = new PlatformMethods();
    Map<String, KeptClass> kept = Reach.from(List.of(SHOP + "$Handler"), whole, platform);
    assertThat(LinkCheck.broken(whole, platform, kept)).isEmpty();

    // The price of a fruit would be that of goods.
    kept.get(SHOP + "$Sold").methods.remove("price()Ljava/lang/String;");
    // Nobody could look for a tool.
    kept.remove(SHOP + "$Tool");
    assertThat(LinkCheck.broken(whole, platform, kept))
        .anyMatch(it -> it.contains("Fruit answers") && it.contains("price"))
        .anyMatch(it -> it.contains("$Tool, which is left out"));
  }

  @Test
  void a_question_that_a_stand_in_would_answer_otherwise_is_noticed() throws IOException {
    var whole = shop();
    var platform = new PlatformMethods();
    Map<String, KeptClass> kept = Reach.from(List.of(SHOP + "$Suspicious"), whole, platform);
    assertThat(LinkCheck.broken(whole, platform, kept))
        .singleElement()
        .asString()
        .contains("isRun", "java/lang/Runnable");
  }

  @Test
  void a_stand_in_that_calls_what_is_not_there_is_noticed() throws IOException {
    var written = new HashMap<String, byte[]>();
    for (String name : files().stream().filter(it -> it.endsWith(".class")).toList()) {
      written.put(name, bytes(name));
    }
    String standIn =
        written.keySet().stream().filter(it -> it.endsWith("$$Lambdas.class")).findFirst().get();
    var check = new StandInCheck(new PlatformMethods());
    assertThat(check.broken(written.get(standIn), written)).isEmpty();

    written.put(SHOP + ".class", without("shout", written.get(SHOP + ".class")));
    assertThat(check.broken(written.get(standIn), written))
        .singleElement()
        .asString()
        .contains("Shop.shout");
  }

  private static byte[] without(String method, byte[] type) {
    return ClassFile.of()
        .transformClass(
            ClassFile.of().parse(type),
            ClassTransform.dropping(
                it -> it instanceof MethodModel model && model.methodName().equalsString(method)));
  }

  private static byte[] bytes(String file) throws IOException {
    try (var zip = new ZipFile(jar.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(file))) {
      return in.readAllBytes();
    }
  }

  private static List<String> files() throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static List<String> methods(String type) throws IOException {
    return ClassFile.of().parse(bytes(type + ".class")).methods().stream()
        .map(it -> it.methodName().stringValue())
        .toList();
  }
}
