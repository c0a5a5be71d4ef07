package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mail with every kind of link, sent by the stack that {@code ./carillon up} starts and read in
 * Chromium: each link is clicked there and what arrives at its target is looked at.
 */
class TrackedMailTest {
  private static final String SHOP = "https://shop.example";

  /** What shop.example is to be asked for, byte for byte. */
  private static final List<String> TARGETS =
      List.of(
          "/plain",
          "/query?a=1&b=%20x&c=%C3%BC",
          "/odd;v=1,2'?x=(1)*!~&y=$z",
          "/nested?u=https%3A%2F%2Fother.example%2F%3Fq%3D1");

  private static final String UNTOUCHED =
      """
      <a id='mail' href='mailto:help@shop.example?subject=Hi'>m</a> \
      <a id='tel' href='tel:+15550100'>t</a> \
      <a id='anchor' href='#terms'>a</a> \
      <a id='http' href='http://shop.example/old'>h</a> \
      <a id='optout' data-knock-no-track href='https://shop.example/optout'>o</a> \
      <a id='leave' rel='unsubscribe' href='https://shop.example/leave'>u</a>\
      """;

  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
          + " Safari/537.36";

  /** Opens the mail in a frame, clicks each link that leads to the tracker into one of its own. */
  private static final String READER =
      """
      <!doctype html><html><body><pre id="seen"></pre><iframe id="mail" src="/mail"></iframe><script>
      const mail = document.getElementById('mail');
      mail.onload = () => {
        const page = mail.contentDocument;
        const seen = {links: {}, last: page.body.lastElementChild.outerHTML, clicked: 0};
        for (const a of page.querySelectorAll('a')) {
          if (a.id) seen.links[a.id] = a.getAttribute('href') + (a.hasAttribute('data-knock-no-track') ? ' marked' : '');
          if (!a.id && a.href.includes('/l/')) {
            const frame = document.createElement('iframe');
            frame.name = 'to' + seen.clicked++;
            document.body.append(frame);
            a.target = frame.name;
            a.click();
          }
        }
        setTimeout(() => document.getElementById('seen').textContent = JSON.stringify(seen), 3000);
      };
      </script></body></html>
      """;

  @TempDir private Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> referrers = new CopyOnWriteArrayList<>();
  private volatile String mail = "";
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer reader;
  private HttpsServer shop;
  private RunningStack stack;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        chromium().isPresent(), "There is no Chromium on this machine; install it to run this.");
    reader = HttpServer.create(loopback(), 0);
    reader.createContext("/", exchange -> answer(exchange, READER));
    reader.createContext("/mail", exchange -> answer(exchange, mail));
    reader.start();
    shop = HttpsServer.create(loopback(), 0);
    // Browsers open connections ahead, of which one without a word would hold up the others.
    shop.setExecutor(threads);
    shop.setHttpsConfigurator(new HttpsConfigurator(certified()));
    shop.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Referer"))
              .ifPresent(referrers::add);
          answer(exchange, "<p>Here you are</p>");
        });
    shop.start();
    Path workflow = Files.createDirectories(folder.resolve("project/workflows/tracked"));
    Files.writeString(workflow.resolve("workflow.json"), JsonText.write(workflow()));
    stack = RunningStack.start("--workflows", folder.resolve("project").toString());
  }

  @AfterEach
  void stop() {
    if (stack != null) {
      stack.close();
      reader.stop(0);
      shop.stop(0);
    }
    threads.close();
  }

  @Test
  void links_reach_their_targets_through_the_tracker_and_others_are_left_alone() throws Exception {
    stack.post(
        "/v1/workflows/tracked/trigger",
        "{\"recipients\":[{\"id\":\"ana\",\"email\":\"ana@example.com\"}]}");
    stack.settle();
    Json.Obj sent = stack.outbox().getFirst();
    mail = sent.text("html").orElseThrow();

    Json.Obj seen = read();
    assertThat(asked).containsExactlyInAnyOrderElementsOf(TARGETS);
    assertThat(referrers).isEmpty();
    assertThat(seen.object("links").fields())
        .containsEntry("mail", Json.of("mailto:help@shop.example?subject=Hi"))
        .containsEntry("tel", Json.of("tel:+15550100"))
        .containsEntry("anchor", Json.of("#terms"))
        .containsEntry("http", Json.of("http://shop.example/old"))
        .containsEntry("optout", Json.of("https://shop.example/optout"))
        .containsEntry("leave", Json.of("https://shop.example/leave"));
    assertThat(seen.text("last").orElseThrow()).startsWith("<img").contains("/o/");

    stack.settle();
    String id = sent.text("message_id").orElseThrow();
    List<String> events =
        stack.json("/v1/messages/" + id + "/events").list("items").stream()
            .map(event -> ((Json.Obj) event).text("type").orElseThrow())
            .toList();
    assertThat(events).filteredOn("message.link_clicked"::equals).hasSameSizeAs(TARGETS);
    assertThat(events).filteredOn("message.read"::equals).hasSize(1);

    assertThat(targetsIn(sent.text("text").orElseThrow()))
        .as("the part in plain text")
        .containsExactlyInAnyOrderElementsOf(TARGETS.stream().map(SHOP::concat).toList());
  }

  /** Where the tracked links of a text lead, without going there. */
  private List<String> targetsIn(String text) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var targets = new CopyOnWriteArrayList<String>();
      var links = Pattern.compile("http://localhost:\\d+/l/[A-Za-z0-9_-]+").matcher(text);
      while (links.find()) {
        targets.add(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(links.group())).build(),
                    BodyHandlers.discarding())
                .headers()
                .firstValue("location")
                .orElseThrow());
      }
      return targets;
    }
  }

  private Json.Obj read() throws Exception {
    var process =
        new ProcessBuilder(
                chromium().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--ignore-certificate-errors",
                "--user-agent=" + BROWSER,
                "--host-resolver-rules=MAP shop.example 127.0.0.1:" + shop.getAddress().getPort(),
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=8000",
                "--dump-dom",
                "http://127.0.0.1:" + reader.getAddress().getPort() + "/")
            .redirectError(folder.resolve("browser.log").toFile())
            .start();
    var page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var seen = Pattern.compile("<pre id=\"seen\">(.*?)</pre>", Pattern.DOTALL).matcher(page);
    assertThat(seen.find()).as(page).isTrue();
    return (Json.Obj)
        JsonText.parse(
            seen.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
  }

  private static Json.Obj workflow() {
    var html = new StringBuilder("<h1 id='terms'>Hello</h1>");
    for (String target : TARGETS) {
      html.append("<p><a href=\"%s%s\">Go</a></p>".formatted(SHOP, target.replace("&", "&amp;")));
    }
    html.append(UNTOUCHED);
    return Json.object()
        .with("name", "Tracked")
        .with(
            "steps",
            Json.array(
                List.of(
                    Json.object()
                        .with("type", "channel")
                        .with("ref", "email_1")
                        .with("channel_type", "email")
                        .with("channel_key", "email")
                        .with(
                            "channel_overrides",
                            Json.object()
                                .with("link_tracking", Json.TRUE)
                                .with("open_tracking", Json.TRUE))
                        .with(
                            "template",
                            Json.object()
                                .with("subject", "Tracked")
                                .with("settings", Json.object().with("layout_key", ""))
                                .with("html_body", html.toString())))));
  }

  /** A key of its own that nobody vouches for. */
  private SSLContext certified() throws Exception {
    Path store = folder.resolve("shop.p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "shop",
                "-keyalg",
                "EC",
                "-dname",
                "CN=shop.example",
                "-ext",
                "san=dns:shop.example",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void answer(HttpExchange exchange, String page) throws IOException {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
