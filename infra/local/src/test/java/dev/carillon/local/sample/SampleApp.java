package dev.carillon.local.sample;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A synthesized app of two functions, small enough to read: {@code greet} behind HTTP and {@code
 * work} behind a queue. Their jar is compiled on the spot, with an Environment of its own.
 */
public final class SampleApp {
  private static final String ENVIRONMENT =
      """
      package dev.carillon.runtime;
      public record Environment(
          java.util.Map<String, String> variables,
          java.time.InstantSource clock,
          java.util.Optional<?> connections) {
        public Environment(
            java.util.Map<String, String> variables, java.time.InstantSource clock) {
          this(variables, clock, java.util.Optional.empty());
        }
      }
      """;

  private static final String GREET =
      """
      package dev.carillon.greet;
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      import dev.carillon.runtime.Environment;
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      public final class GreetHandler implements RequestStreamHandler {
        private final Environment environment;
        private static int handled;
        public GreetHandler() {
          this(new Environment(System.getenv(), java.time.InstantSource.system()));
        }
        public GreetHandler(Environment environment) { this.environment = environment; }
        @Override public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
          var event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (event.contains("please-fail")) throw new IllegalStateException("as asked");
          if (event.contains("please-hang")) {
            try { new java.util.concurrent.CountDownLatch(1).await(); }
            catch (InterruptedException e) { throw new IOException(e); }
          }
          if (event.contains("please-exit")) System.exit(3);
          if (event.contains("please-count")) {
            var port = event.replaceAll("[^0-9]", "");
            if (!port.isEmpty()) {
              // Comes, and goes on when it is let.
              try (var caller = new java.net.Socket("127.0.0.1", Integer.parseInt(port))) {
                caller.getInputStream().read();
              }
            }
            var kept = java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "kept");
            var before = java.nio.file.Files.exists(kept);
            java.nio.file.Files.writeString(kept, "x");
            out.write((++handled + " " + before).getBytes(StandardCharsets.UTF_8));
            return;
          }
          if (event.contains("please-say-who")) {
            out.write((environment.variables().get("AWS_ACCESS_KEY_ID") + "\\n"
                + environment.variables().get("AWS_CONTAINER_CREDENTIALS_FULL_URI") + "\\n"
                + environment.variables().get("AWS_CONTAINER_AUTHORIZATION_TOKEN") + "\\n"
                + environment.variables().get("HOME") + "\\n"
                + (Runtime.getRuntime().maxMemory() >> 20))
                .getBytes(StandardCharsets.UTF_8));
            return;
          }
          if (event.contains("please-trace")) {
            out.write(System.getProperty("com.amazonaws.xray.traceHeader")
                .getBytes(StandardCharsets.UTF_8));
            return;
          }
          if (event.contains("please-fill")) {
            out.write(new byte[7 * 1024 * 1024]);
            return;
          }
          if (event.contains("please-describe")) {
            out.write((String.join("\\n",
                environment.variables().get("AWS_ACCESS_KEY_ID"),
                environment.variables().get("AWS_ENDPOINT_URL"),
                environment.variables().get("TABLE_NAME"),
                environment.clock().instant().toString(),
                context.getFunctionName(),
                String.valueOf(context.getRemainingTimeInMillis() > 0),
                getClass().getClassLoader().getName(),
                String.valueOf(Thread.currentThread().getContextClassLoader()
                    == getClass().getClassLoader()))).getBytes(StandardCharsets.UTF_8));
            return;
          }
          var body = event.replace("\\\\", "\\\\\\\\").replace("\\"", "\\\\\\"");
          out.write(("{\\"statusCode\\":201,\\"headers\\":{\\"content-type\\":\\"application/json\\"},"
              + "\\"cookies\\":[\\"a=1\\",\\"b=2\\"],\\"body\\":\\"" + body + "\\"}")
              .getBytes(StandardCharsets.UTF_8));
        }
      }
      """;

  private static final String WORK =
      """
      package dev.carillon.work;
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      import dev.carillon.runtime.Environment;
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      public final class WorkHandler implements RequestStreamHandler {
        public WorkHandler(Environment environment) {}
        @Override public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
          var event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (event.contains("poison")) throw new IOException("poison");
          out.write("{\\"batchItemFailures\\":[]}".getBytes(StandardCharsets.UTF_8));
        }
      }
      """;

  private SampleApp() {}

  /** Writes the app's {@code cdk.out} into the folder and returns it. */
  public static Path in(Path folder) {
    try {
      for (var name :
          List.of(
              "manifest.json",
              "Sample.assets.json",
              "Sample.template.json",
              "Shared.template.json")) {
        try (var in = SampleApp.class.getResourceAsStream("/sample/" + name)) {
          Files.write(folder.resolve(name), in.readAllBytes());
        }
      }
      jar(folder.resolve("sample.jar"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void jar(Path file) throws IOException {
    var classes =
        compiled(
            Map.of(
                "dev.carillon.runtime.Environment", ENVIRONMENT,
                "dev.carillon.greet.GreetHandler", GREET,
                "dev.carillon.work.WorkHandler", WORK));
    try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (var entry : classes.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey().replace('.', '/') + ".class"));
        jar.write(entry.getValue().toByteArray());
        jar.closeEntry();
      }
    }
  }

  private static Map<String, ByteArrayOutputStream> compiled(Map<String, String> sources)
      throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    var units = sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
    try (var standard = compiler.getStandardFileManager(null, null, null);
        var files = new InMemory(standard, classes)) {
      var options = List.of("-cp", lambdaInterfaces(), "-proc:none");
      if (!compiler.getTask(null, files, null, options, null, units).call()) {
        throw new IllegalStateException("The sample does not compile");
      }
    }
    return classes;
  }

  private static String lambdaInterfaces() {
    var location = RequestStreamHandler.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(location.toString())).toString();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
