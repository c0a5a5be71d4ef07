package dev.carillon.local.sandbox;

import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a sandbox of one function is started: AWS's own runtime client, the jar that is deployed, and
 * the variables that Lambda gives, nothing of this process's own.
 *
 * @param folder where each sandbox has a folder of its own, for its temporary files too
 * @param clock the file that says how far the stack's time is moved
 */
record SandboxCommand(
    StackTemplate.Function function,
    Map<String, String> variables,
    Path folder,
    Path clock,
    SandboxJvm jvm) {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** One class of each jar that the managed runtime has beside the function. */
  private static final List<String> RUNTIME =
      List.of(
          MAIN,
          "com.amazonaws.services.lambda.runtime.RequestHandler",
          "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  /** Says where the client's native library is. */
  private static final String LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /** Of a hundred parts of the memory, the rest is the JVM's: about what Lambda leaves. */
  private static final int HEAP = 85;

  SandboxCommand {
    variables = Map.copyOf(variables);
  }

  Sandbox start() throws IOException {
    var own = Files.createTempDirectory(folder, function.verb());
    var temporary = Files.createDirectory(own.resolve("tmp"));
    var task = Files.createDirectory(own.resolve("task"));
    // Where Lambda looks for jars; the archive itself is one.
    Files.createSymbolicLink(
        Files.createDirectory(task.resolve("lib")).resolve("function.jar"),
        function.archive().toAbsolutePath());
    var api = new RuntimeApi(accessKey(), function.timeout());
    var command = new ProcessBuilder(words(temporary)).directory(task.toFile());
    command.environment().clear();
    command.environment().putAll(environment(api, task));
    try {
      return Sandbox.start(function.verb(), api, command, jvm.asked());
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  private List<String> words(Path temporary) throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + function.memoryMegabytes() * HEAP / 100 + "m");
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            // Whom org.crac tells of snapshots, as the managed runtime has it.
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            // In Lambda every sandbox has a /tmp of its own.
            "-Djava.io.tmpdir=" + temporary));
    ownLibrary(temporary).ifPresent(words::add);
    // A JVM with a cache of its own takes no word on the one it comes with.
    words.addAll(jvm.options().isEmpty() ? List.of("-Xshare:auto") : jvm.options());
    words.addAll(List.of("-cp", classPath(), MAIN, function.handler()));
    return words;
  }

  /**
   * The client unpacks its native library to one path in {@code /tmp}, and of two that start at
   * once one loads what the other is still writing, and dies of it. So each has its own; the client
   * is left to itself on a machine that it has none for.
   */
  private static Optional<String> ownLibrary(Path temporary) throws IOException {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    var musl = Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1");
    String name =
        "/jni/libaws-lambda-jni.%s-%s.so"
            .formatted(Files.exists(musl) ? "linux_musl" : "linux", arm ? "aarch_64" : "x86_64");
    try (var packed = SandboxCommand.class.getResourceAsStream(name)) {
      if (packed == null) {
        return Optional.empty();
      }
      var library = temporary.resolve("libaws-lambda-jni.so");
      Files.copy(packed, library);
      return Optional.of("-D" + LIBRARY + "=" + library);
    }
  }

  private String classPath() {
    var jars = new ArrayList<>(RUNTIME.stream().map(SandboxCommand::jarOf).toList());
    if (jvm.onClassPath()) {
      jars.add(function.archive().toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static String jarOf(String type) {
    try {
      // Not initialised: the runtime client would begin to work in this process.
      var source =
          Class.forName(type, false, SandboxCommand.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      return Path.of(URI.create(source.getLocation().toString())).toString();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("AWS's runtime client is not on the class path", e);
    }
  }

  private String accessKey() {
    return variables.getOrDefault("AWS_ACCESS_KEY_ID", "");
  }

  private Map<String, String> environment(RuntimeApi api, Path task) {
    var all = new LinkedHashMap<String, String>(variables);
    all.put("AWS_LAMBDA_RUNTIME_API", api.address());
    all.put("_HANDLER", function.handler());
    all.put("LAMBDA_TASK_ROOT", task.toString());
    all.put("LAMBDA_RUNTIME_DIR", task.toString());
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    all.put("AWS_DEFAULT_REGION", AccountRegion.LOCAL.region());
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", function.name());
    all.put("CARILLON_CLOCK", clock.toString());
    all.put("LANG", "en_US.UTF-8");
    all.put("TZ", ":UTC");
    all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    if (function.snapStart()) {
      // A snapshot must hold no credentials: they are asked for after it is restored.
      Stream.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
          .forEach(all::remove);
      all.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentials());
      all.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", api.token());
      all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    } else {
      all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    }
    return all;
  }
}
