package dev.carillon.testing.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a look at the files tells, of all modules at once. */
class StructureTest {
  private static final String PROVIDERS = "shared/providers";
  private static final String PACKAGE = "dev.carillon.provider.";
  private static final List<SourceFile> FILES = SourceFile.all();

  /** What a package holds before its capabilities want packages of their own. */
  private static final int FILES_OF_A_PACKAGE = 20;

  /** What providers share: those of one channel type, or any. */
  private static final Set<String> SHARED_BY_PROVIDERS =
      Set.of("email", "sms", "push", "chat", "callback", "access", "format");

  /**
   * Words of our own that a reader had to learn first, as whole words, also in comments. Their
   * places have the words of Knock and AWS now, or plain ones.
   */
  private static final List<String> PRIVATE_WORDS = List.of("whoever");

  /** Names of providers that are words of the language, or of AWS, too. */
  private static final Set<String> ALSO_WORDS =
      Set.of("webhook", "ses", "smtp", "resend", "expo", "snssms", "snspush");

  /** Where a name of a provider stands for something else. */
  private static final Map<String, String> NAMES_A_PROVIDER =
      Map.of(
          "shared/edge/src/main/java/dev/carillon/edge/access/Ability.java",
          "what the user tokens of Knock's clients grant",
          "shared/tracking/src/main/java/dev/carillon/tracking/visitor/MachineRules.java",
          "the user agents of programs that preview links",
          "shared/tracking/src/main/java/dev/carillon/tracking/rewrite/ChatLinks.java",
          "the markup of links in chat messages",
          "shared/tracking/src/main/java/dev/carillon/tracking/rewrite/ContentLinks.java",
          "where links stand in a chat message",
          "shared/tracking/src/main/java/dev/carillon/tracking/rewrite/TextLinks.java",
          "where links stand in a text",
          "shared/project/src/main/java/dev/carillon/project/pinpoint/PinpointTemplates.java",
          "the parts of Pinpoint's push templates",
          "shared/project/src/main/java/dev/carillon/project/pinpoint/PinpointUsers.java",
          "the types of Pinpoint's endpoints, and where their tokens go");

  @Test
  void a_name_of_a_class_means_one_thing() {
    Set<String> twice =
        FILES.stream().collect(groupingBy(SourceFile::name)).entrySet().stream()
            .filter(it -> it.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .collect(toSet());
    assertThat(twice).isEmpty();
  }

  @Test
  void a_package_has_at_most_twenty_files() {
    Set<String> large =
        FILES.stream().collect(groupingBy(SourceFile::packageName)).entrySet().stream()
            .filter(it -> it.getValue().size() > FILES_OF_A_PACKAGE)
            .map(Map.Entry::getKey)
            .collect(toSet());
    assertThat(large).isEmpty();
  }

  @Test
  void no_function_knows_another() {
    var wrong =
        FILES.stream()
            .filter(file -> file.module().startsWith("functions/"))
            .flatMap(
                file -> {
                  String own = "dev.carillon." + file.module().replace('/', '.') + ".";
                  return file.imports()
                      .filter(it -> it.startsWith("dev.carillon.functions."))
                      .filter(it -> !it.startsWith(own))
                      .map(it -> file.path() + " imports " + it);
                });
    assertThat(wrong).isEmpty();
  }

  @Test
  void no_provider_knows_another() {
    var wrong =
        FILES.stream()
            .filter(file -> file.module().equals(PROVIDERS))
            .flatMap(
                file ->
                    file.imports()
                        .flatMap(it -> provider(it.replaceFirst("\\.[A-Z].*", "")))
                        .filter(it -> !SHARED_BY_PROVIDERS.contains(it))
                        .filter(it -> !file.name().equals("Providers"))
                        .filter(it -> provider(file.packageName()).noneMatch(it::equals))
                        .map(it -> file.path() + " imports " + it));
    assertThat(wrong).isEmpty();
    assertThat(names()).hasSizeGreaterThan(25);
  }

  @Test
  void only_the_providers_module_names_providers() {
    var named =
        Pattern.compile(
            names().filter(it -> !ALSO_WORDS.contains(it)).collect(joining("|")),
            Pattern.CASE_INSENSITIVE);
    var wrong =
        FILES.stream()
            .filter(file -> !file.module().equals(PROVIDERS))
            .filter(file -> !NAMES_A_PROVIDER.containsKey(file.path()))
            .flatMap(
                file ->
                    named
                        .matcher(file.text())
                        .results()
                        .map(it -> file.path() + " says " + it.group()));
    assertThat(wrong).isEmpty();
  }

  @Test
  void nobody_has_to_learn_words_of_ours() {
    var word =
        Pattern.compile(
            "\\b(" + String.join("|", PRIVATE_WORDS) + ")\\b", Pattern.CASE_INSENSITIVE);
    var wrong =
        FILES.stream().filter(file -> word.matcher(file.text()).find()).map(SourceFile::path);
    assertThat(wrong).isEmpty();
  }

  /** The providers, by the names of their packages. */
  private static Stream<String> names() {
    return FILES.stream()
        .filter(file -> file.module().equals(PROVIDERS))
        .flatMap(file -> provider(file.packageName()))
        .filter(it -> !SHARED_BY_PROVIDERS.contains(it))
        .distinct();
  }

  /** The provider whose package that is, or what it is below. */
  private static Stream<String> provider(String packageName) {
    return packageName.startsWith(PACKAGE)
        ? Stream.of(packageName.substring(PACKAGE.length()).replaceFirst("\\..*", ""))
        : Stream.empty();
  }
}
