package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.local.e2e.Browser.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Knock's own React feed, unchanged, in a browser against the stack and its socket. Needs npm and
 * Chromium; without them it is skipped and says so.
 */
class LiveFeedTest {
  private static final String FEED = "6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c02";
  private static final Path HOME = Path.of("target", "live-feed");

  /** What six of them have of their own unless it lies where all look: half of all files. */
  private static final String SHARED = "lucide-react@^1.23.0";

  private static final List<String> PACKAGES =
      List.of(
          "@knocklabs/react@0.12.1", "react@19.3.1", "react-dom@19.3.1", "esbuild@0.28.2", SHARED);

  private static final String JOINED =
      "Object.values(feed.socketManager.channels)[0].state === 'joined'"
          + " && feed.socketManager.socket.isConnected()";

  private static final String STATE = "feed.store.getState()";
  private static final String CELLS = "document.querySelectorAll('.rnf-notification-cell').length";
  private static final String BADGE =
      "(document.querySelector('.rnf-unseen-badge') || {innerText: ''}).innerText.trim()";

  @TempDir Path folder;

  private record Site(HttpServer server) {
    String page(RunningStack stack, String user) {
      return "http://localhost:%d/?host=%s&feed=%s&user=%s"
          .formatted(
              server.getAddress().getPort(),
              stack.at("/").toString().replaceAll("/$", ""),
              FEED,
              user);
    }
  }

  @Test
  void the_react_feed_is_live() throws Exception {
    var chromium = Browser.installed();
    assumeTrue(
        chromium.isPresent(), "There is no Chromium on this machine; install it to run this.");
    var site = site();
    var data = Files.createDirectory(folder.resolve("data")).toString();
    var stack = RunningStack.start("--data", data);
    int port = stack.base().getPort();
    try (var browser = Browser.start(chromium.get(), folder.resolve("profile"))) {
      Page ada = browser.open(site.page(stack, "ada"));
      Page secondAda = browser.open(site.page(stack, "ada"));
      Page bob = browser.open(site.page(stack, "bob"));
      for (Page page : List.of(ada, secondAda, bob)) {
        page.await(JOINED);
      }

      comment(stack, "Sailing directions");
      ada.await(BADGE + " === '1'");
      secondAda.await(BADGE + " === '1'");
      ada.await(STATE + ".items.length === 1");
      assertThat(bob.value(BADGE)).isEmpty();

      ada.click(".rnf-notification-icon-button");
      ada.await(CELLS + " === 1 && document.body.innerText.includes('Sailing directions')");
      // Opening the feed marks all of it as seen.
      ada.await(BADGE + " === ''");
      awaitCount(ada, "unseen_count", 0);

      comment(stack, "Tide tables");
      ada.await(CELLS + " === 2 && document.body.innerText.includes('Tide tables')");
      ada.screenshot(HOME.resolve("live-feed.png"));
      assertThat(bob.value(STATE + ".items.length")).isEqualTo("0");

      ada.value("feed.markAsRead(%s.items[0]).then(() => true)".formatted(STATE));
      awaitCount(ada, "unread_count", 1);
      ada.value("feed.markAsArchived(%s.items[1]).then(() => true)".formatted(STATE));
      awaitCount(ada, "total_count", 1);
      comment(stack, "Charts");
      ada.await(STATE + ".items.length === 2");
      ada.value("feed.markAllAsRead().then(() => true)");
      awaitCount(ada, "unread_count", 0);

      // What is marked on one page the other sees when it asks.
      secondAda.value("feed.fetch().then(() => true)");
      secondAda.await(STATE + ".metadata.unread_count === 0 && " + STATE + ".items.length === 2");
      assertThat(secondAda.value(ITEMS))
          .isEqualTo(ada.value("feed.fetch().then(() => " + ITEMS + ")"));

      stack.kill();
      ada.await("!feed.socketManager.socket.isConnected()");
      stack = RunningStack.startAt(port, "--data", data);
      // It comes before the pages do, and is in what they are told when they have joined again.
      comment(stack, "Lights");
      ada.await("document.body.innerText.includes('Lights')");
      ada.await(JOINED);
      comment(stack, "Buoys");
      ada.await("document.body.innerText.includes('Buoys')");
      secondAda.await(STATE + ".items.length === 4");
      assertThat(bob.value(STATE + ".items.length")).isEqualTo("0");
    } finally {
      stack.close();
      site.server().stop(0);
    }
  }

  private static final String ITEMS =
      "JSON.stringify(feed.store.getState().items.map(it => [it.id, it.seen_at, it.read_at]))";

  /** What the server says, not what the page believes. */
  private static void awaitCount(Page page, String which, int count) {
    page.value(
        """
        new Promise((done, failed) => {
          const end = Date.now() + 90000;
          const look = async () => {
            await feed.fetch();
            if (feed.store.getState().metadata.%s === %d) done(true);
            else if (Date.now() > end) failed(new Error(JSON.stringify(feed.store.getState().metadata)));
            else setTimeout(look, 100);
          };
          look();
        })
        """
            .formatted(which, count));
  }

  private static void comment(RunningStack stack, String page) throws Exception {
    var answer =
        stack.post(
            "/v1/workflows/new-comment/trigger",
            """
            {"recipients": [{"id": "ada", "name": "Ada", "email": "ada@example.com"}],
             "actor": {"id": "grace", "name": "Grace"},
             "data": {"page_name": "%s", "comment": "Is there more of this?"}}
            """
                .formatted(page));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The page and what npm and esbuild make of it, on a port of its own. */
  private static Site site() throws IOException {
    bundle();
    var files =
        Map.of(
            "/app.js", new String[] {"text/javascript", Files.readString(HOME.resolve("app.js"))},
            "/app.css", new String[] {"text/css", Files.readString(HOME.resolve("app.css"))},
            "/",
                new String[] {
                  "text/html",
                  "<!doctype html><meta charset=utf-8><title>Feed</title>"
                      + "<link rel=stylesheet href=/app.css>"
                      + "<body style='margin: 24px 24px 24px 480px'><div id=root></div>"
                      + "<script src=/app.js></script>"
                });
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var file = files.get(exchange.getRequestURI().getPath());
          var body = file == null ? new byte[0] : file[1].getBytes(StandardCharsets.UTF_8);
          if (file != null) {
            exchange.getResponseHeaders().set("Content-Type", file[0] + "; charset=utf-8");
          }
          exchange.sendResponseHeaders(
              file == null ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return new Site(server);
  }

  private static void bundle() {
    try {
      Files.createDirectories(HOME);
      Files.copy(
          Path.of("src/test/resources/live-feed/app.jsx"),
          HOME.resolve("app.jsx"),
          StandardCopyOption.REPLACE_EXISTING);
      var manifest = HOME.resolve("package.json");
      var wanted = "{\"private\":true,\"for\":\"" + String.join(" ", PACKAGES) + "\"}";
      var installed = HOME.resolve("installed");
      if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
        Files.writeString(manifest, "{\"private\":true}");
        var install = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
        install.addAll(PACKAGES);
        run(install);
        Files.writeString(installed, wanted);
      }
      run(
          List.of(
              Path.of("node_modules", ".bin", "esbuild").toString(),
              "app.jsx",
              "--bundle",
              "--outfile=app.js",
              "--jsx=automatic",
              "--define:process.env.NODE_ENV=\"production\"",
              "--log-level=error"));
    } catch (IOException | IllegalStateException e) {
      abort("Knock's React feed is not to be had, so it was not tried: " + e.getMessage());
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    // Who does not answer for so long is taken for a registry that is not there.
    CompletableFuture.delayedExecutor(3, TimeUnit.MINUTES)
        .execute(
            () -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
