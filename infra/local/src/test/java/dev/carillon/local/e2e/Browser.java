package dev.carillon.local.e2e;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A Chromium without a window, told what to do over its DevTools protocol. */
final class Browser implements AutoCloseable {
  /** How long a page may take to come to what is awaited: it is seen as soon as it does. */
  private static final int PATIENCE_SECONDS = 90;

  private final Process process;
  private final WebSocket tools;
  private final Map<Integer, CompletableFuture<Json.Obj>> asked;
  private final AtomicInteger ids = new AtomicInteger();

  private Browser(
      Process process, WebSocket tools, Map<Integer, CompletableFuture<Json.Obj>> asked) {
    this.process = process;
    this.tools = tools;
    this.asked = asked;
  }

  /** Where this machine has one; empty when it has none. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it and returns when it listens. */
  static Browser start(Path chromium, Path profile) throws IOException {
    var process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-renderer-backgrounding",
                "--disable-background-timer-throttling",
                "--disable-backgrounding-occluded-windows",
                "--remote-debugging-port=0",
                "--window-size=900,700",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("DevTools listening on ")) {
        Thread.startVirtualThread(() -> lines.lines().forEach(_ -> {}));
        var asked = new ConcurrentHashMap<Integer, CompletableFuture<Json.Obj>>();
        var tools =
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                    URI.create(line.substring("DevTools listening on ".length())),
                    new Answers(asked))
                .join();
        return new Browser(process, tools, asked);
      }
    }
    throw new IOException("Chromium did not start");
  }

  /** What the browser says, each text an answer or an event. */
  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<Json.Obj>> asked;
    private final StringBuilder text = new StringBuilder();

    Answers(Map<Integer, CompletableFuture<Json.Obj>> asked) {
      this.asked = asked;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        var message = (Json.Obj) JsonText.parse(text.toString());
        text.setLength(0);
        if (message.fields().get("id") instanceof Json.Num(var id)) {
          asked.remove(id.intValueExact()).complete(message);
        }
      }
      socket.request(1);
      return null;
    }
  }

  private synchronized Json.Obj ask(Optional<String> session, String method, Json.Obj parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<Json.Obj>();
    asked.put(id, answer);
    var command =
        Json.object().with("id", Json.of(id)).with("method", method).with("params", parameters);
    tools
        .sendText(
            JsonText.write(session.map(it -> command.with("sessionId", it)).orElse(command)), true)
        .join();
    var message = answer.orTimeout(PATIENCE_SECONDS + 20, TimeUnit.SECONDS).join();
    if (message.get("error").isPresent()) {
      throw new IllegalStateException(method + ": " + JsonText.write(message));
    }
    return message.object("result");
  }

  /** Opens a page in a window of its own, so that none is hidden behind another. */
  Page open(String url) {
    var target =
        ask(
                Optional.empty(),
                "Target.createTarget",
                Json.object().with("url", url).with("newWindow", Json.TRUE))
            .text("targetId")
            .orElseThrow();
    var session =
        ask(
                Optional.empty(),
                "Target.attachToTarget",
                Json.object().with("targetId", target).with("flatten", Json.TRUE))
            .text("sessionId");
    return new Page(session);
  }

  final class Page {
    private final Optional<String> session;

    private Page(Optional<String> session) {
      this.session = session;
    }

    /** The value of an expression, as text; what it promises is waited for. */
    String value(String expression) {
      var result =
          ask(
              session,
              "Runtime.evaluate",
              Json.object()
                  .with("expression", expression)
                  .with("awaitPromise", Json.TRUE)
                  .with("returnByValue", Json.TRUE));
      if (result.get("exceptionDetails").isPresent()) {
        throw new AssertionError(expression + ": " + JsonText.write(result));
      }
      return result
          .object("result")
          .get("value")
          .map(it -> it instanceof Json.Str(var text) ? text : JsonText.write(it))
          .orElse("");
    }

    /**
     * Waits until a condition holds.
     *
     * @throws AssertionError when it does not in the time there is
     */
    void await(String condition) {
      for (int navigations = 0; ; navigations++) {
        try {
          look(condition);
          return;
        } catch (IllegalStateException e) {
          // A page that goes elsewhere takes along what was asked of it; the next one is asked
          // anew.
          boolean gone =
              e.getMessage().contains("context was destroyed")
                  || e.getMessage().contains("target navigated");
          if (navigations == 2 || !gone) {
            throw e;
          }
        }
      }
    }

    private void look(String condition) {
      value(
          """
          new Promise((done, failed) => {
            const end = Date.now() + %d000;
            const look = () => {
              let holds = false;
              try { holds = (%s); } catch (e) { holds = false; }
              if (holds) done(true);
              else if (Date.now() > end) failed(new Error("never: " + document.body.innerText));
              else setTimeout(look, 25);
            };
            look();
          })
          """
              .formatted(PATIENCE_SECONDS, condition));
    }

    /** Goes there and returns when all is loaded. */
    void go(URI place) {
      ask(session, "Page.navigate", Json.object().with("url", place.toString()));
      await("document.readyState === 'complete' && location.href === '" + place + "'");
    }

    /** The room that there is for the page, in pixels. */
    void size(int width, int height) {
      ask(
          session,
          "Emulation.setDeviceMetricsOverride",
          Json.object()
              .with("width", Json.of(width))
              .with("height", Json.of(height))
              .with("deviceScaleFactor", Json.of(1))
              .with("mobile", Json.FALSE));
    }

    /** The colours that whoever looks prefers: {@code light} or {@code dark}. */
    void prefer(String scheme) {
      var feature = Json.object().with("name", "prefers-color-scheme").with("value", scheme);
      ask(
          session,
          "Emulation.setEmulatedMedia",
          Json.object().with("features", Json.array(List.of(feature))));
    }

    void click(String selector) {
      value("document.querySelector('%s').click()".formatted(selector));
    }

    void screenshot(Path file) throws IOException {
      var data =
          ask(session, "Page.captureScreenshot", Json.object().with("format", "png"))
              .text("data")
              .orElseThrow();
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(data));
    }
  }

  @Override
  public void close() {
    tools.abort();
    // All of them, and until they are gone: their folder is deleted next.
    var all = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
  }
}
