package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.e2e.Browser.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./carillon mails DIR}: each HTML file of a folder is pushed as the body of an email step
 * and sent; what arrives in the outbox is held against the file in Chromium, wide and narrow, light
 * and dark: computed styles, conditional comments, fonts, media, and a picture of the page. The
 * file's own tags, such as <code>{{name}}</code>, stand in it as text.
 */
@EnabledIfSystemProperty(named = "carillon.mails", matches = ".+")
class MailsOfOthersTest {
  private static final Path COMPARISON =
      Path.of("../../shared/templates/src/test/resources/browser/compare-mails.js");
  private static final Path PICTURES = Path.of("target/mails");
  private static final List<Integer> WIDTHS = List.of(800, 375);
  private static final List<String> SCHEMES = List.of("light", "dark");

  @TempDir Path folder;

  @Test
  void mails_arrive_as_they_look_in_their_files() throws Exception {
    Optional<Path> chromium = Browser.installed();
    assumeTrue(
        chromium.isPresent(), "There is no Chromium on this machine; install it to run this.");
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("carillon.mails")))) {
      files = all.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
    assertThat(files).as("HTML files").isNotEmpty();
    var unlike = new ArrayList<String>();
    try (var stack = RunningStack.start();
        var browser = Browser.start(chromium.get(), folder.resolve("profile"))) {
      Files.createDirectories(PICTURES);
      Files.writeString(
          folder.resolve("compare.html"),
          "<!doctype html><html><body><script src=\"compare-mails.js\"></script></body></html>");
      Files.copy(COMPARISON, folder.resolve("compare-mails.js"));
      Page page = browser.open("about:blank");
      for (Path file : files) {
        List<String> differences = differences(stack, page, file);
        System.out.println(
            file.getFileName() + ": " + (differences.isEmpty() ? "alike" : "differs"));
        differences.stream().limit(20).forEach(it -> System.out.println("    " + it));
        if (!differences.isEmpty()) {
          unlike.add(file.getFileName().toString());
        }
      }
    }
    System.out.println(
        files.size() - unlike.size() + " of " + files.size() + " mails arrive as they look.");
    System.out.println("Pictures are in " + PICTURES.toAbsolutePath());
    assertThat(unlike).isEmpty();
  }

  private List<String> differences(RunningStack stack, Page page, Path file) throws Exception {
    String source = Files.readString(file);
    Optional<String> sent = sent(stack, file.getFileName().toString(), source);
    if (sent.isEmpty()) {
      return List.of("it was not sent");
    }
    var differences = new ArrayList<String>();
    for (String scheme : SCHEMES) {
      page.prefer(scheme);
      page.size(900, 700);
      page.go(folder.resolve("compare.html").toUri());
      for (int width : WIDTHS) {
        String seen =
            page.value(
                "compareMails(%s, %s, %d).then(seen => JSON.stringify(seen.lines))"
                    .formatted(
                        JsonText.write(Json.of(source)),
                        JsonText.write(Json.of(sent.get())),
                        width));
        for (Json line : ((Json.Arr) JsonText.parse(seen)).items()) {
          differences.add(scheme + " " + width + ": " + ((Json.Str) line).value());
        }
      }
      for (int width : WIDTHS) {
        String name =
            file.getFileName().toString().replace(".html", "") + "-" + width + "-" + scheme;
        byte[] before = picture(page, source, width, PICTURES.resolve(name + "-before.png"));
        byte[] after = picture(page, sent.get(), width, PICTURES.resolve(name + "-after.png"));
        int pixels = differentPixels(before, after);
        if (pixels > 0) {
          differences.add(name + ": " + pixels + " pixels of the picture");
        }
      }
    }
    return differences;
  }

  private byte[] picture(Page page, String html, int width, Path to) throws IOException {
    Path file = Files.writeString(folder.resolve("shown.html"), html);
    page.size(width, 3000);
    page.go(file.toUri());
    page.screenshot(to);
    return Files.readAllBytes(to);
  }

  private static int differentPixels(byte[] one, byte[] other) throws IOException {
    var a = ImageIO.read(new ByteArrayInputStream(one));
    var b = ImageIO.read(new ByteArrayInputStream(other));
    assertThat(a.getWidth()).isEqualTo(b.getWidth());
    assertThat(a.getHeight()).isEqualTo(b.getHeight());
    int different = 0;
    for (int x = 0; x < a.getWidth(); x++) {
      for (int y = 0; y < a.getHeight(); y++) {
        if (a.getRGB(x, y) != b.getRGB(x, y)) {
          different++;
        }
      }
    }
    return different;
  }

  /** The HTML part as it arrived; empty when there is none. */
  private static Optional<String> sent(RunningStack stack, String name, String source)
      throws Exception {
    String key = name.replaceAll("[^a-zA-Z0-9]+", "-").toLowerCase(java.util.Locale.ROOT);
    push(stack, key, name, source);
    stack.post(
        "/v1/workflows/" + key + "/trigger",
        "{\"recipients\": [{\"id\": \"ada\", \"email\": \"ada@example.com\"}]}");
    stack.settle();
    return stack.outbox().stream()
        .filter(mail -> mail.text("subject").filter(name::equals).isPresent())
        .findFirst()
        .flatMap(mail -> mail.text("html"));
  }

  private static void push(RunningStack stack, String key, String name, String source)
      throws Exception {
    Json.Obj step =
        Json.object()
            .with("type", "channel")
            .with("ref", "email_1")
            .with("channel_type", "email")
            .with("channel_key", "email")
            .with(
                "template",
                Json.object()
                    .with("subject", name)
                    .with("html_body", "{% raw %}" + source + "{% endraw %}"));
    Json.Obj body =
        Json.object()
            .with(
                "workflow",
                Json.object().with("name", name).with("steps", Json.array(List.of(step))));
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(
                      stack.at("/v1/workflows/" + key + "?environment=development&commit=true"))
                  .header("Authorization", "Bearer knock_st_local")
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString(JsonText.write(body)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }
}
