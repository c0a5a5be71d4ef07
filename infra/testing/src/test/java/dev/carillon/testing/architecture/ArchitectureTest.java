package dev.carillon.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.carillon.run.Run;
import dev.carillon.template.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What Maven's arrows between modules cannot forbid. */
class ArchitectureTest {
  private static final List<String> FUNCTIONS =
      List.of(
          "intake", "fanout", "steps", "delivery", "wake", "callbacks", "api", "feeds", "operator");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.carillon");
  private static final JavaClasses DOMAIN = module(Run.class);
  private static final JavaClasses TEMPLATES = module(Templates.class);

  /** By class and method; {@code *} is any. */
  private static final Map<String, Set<String>> IMPURE =
      Map.ofEntries(
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalTime", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.Year", Set.of("now")),
          Map.entry("java.time.ZoneId", Set.of("systemDefault")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry(
              "java.time.Clock",
              Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds")),
          Map.entry(
              "java.lang.System",
              Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.util.Date", Set.of("<init>")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.Random", Set.of("*")),
          Map.entry("java.util.SplittableRandom", Set.of("*")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("*")),
          Map.entry("java.security.SecureRandom", Set.of("*")));

  @Test
  void every_module_is_looked_at() {
    assertThat(DOMAIN).hasSizeGreaterThan(50);
    assertThat(TEMPLATES).hasSizeGreaterThan(20);
    for (String function : FUNCTIONS) {
      assertThat(ALL.stream().filter(in("dev.carillon.functions." + function)))
          .as(function)
          .isNotEmpty();
    }
  }

  @Test
  void the_domain_depends_on_java_only() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are the domain's or Java's",
                it ->
                    it.getPackageName().equals("java.lang")
                        || it.getPackageName().startsWith("java.")
                        || it.getBaseComponentType().isPrimitive()
                        || DOMAIN.contain(it.getBaseComponentType().getName())))
        .check(DOMAIN);
  }

  @Test
  void functions_do_not_depend_on_functions() {
    for (String function : FUNCTIONS) {
      String[] others =
          FUNCTIONS.stream()
              .filter(it -> !it.equals(function))
              .map(it -> "dev.carillon.functions." + it + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.carillon.functions." + function + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(ALL);
    }
  }

  @Test
  void nobody_but_wiring_and_adapters_asks_for_time_chance_or_environment() {
    DescribedPredicate<JavaClass> deciding =
        describe(
            "decide or carry out",
            it ->
                DOMAIN.contain(it.getName())
                    || TEMPLATES.contain(it.getName())
                    || FUNCTIONS.stream()
                        .anyMatch(function -> in("dev.carillon.functions." + function).test(it)));
    noClasses()
        .that(deciding)
        .and()
        .haveSimpleNameNotEndingWith("Wiring")
        .should()
        .accessTargetWhere(
            describe("it asks for time, chance or the environment", ArchitectureTest::impure))
        .check(ALL);
  }

  @Test
  void the_rule_about_time_sees_who_breaks_it() {
    // The process's environment is read in one place, which is an adapter.
    assertThat(
            ALL.get("dev.carillon.runtime.Environment").getAccessesFromSelf().stream()
                .filter(ArchitectureTest::impure)
                .map(it -> it.getTarget().getName()))
        .contains("getenv", "system");
  }

  @Test
  void the_domains_packages_form_no_cycle() {
    slices().matching("dev.carillon.(*)..").should().beFreeOfCycles().check(DOMAIN);
  }

  @Test
  void nobody_sleeps_but_adapters_that_back_off() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.carillon.local..", "dev.carillon.storage..")
        .should()
        .callMethodWhere(
            describe(
                "it is Thread.sleep",
                it ->
                    it.getTargetOwner().isEquivalentTo(Thread.class)
                        && it.getName().equals("sleep")))
        .check(ALL);
  }

  private static boolean impure(JavaAccess<?> access) {
    Set<String> names = IMPURE.getOrDefault(access.getTargetOwner().getName(), Set.of());
    return names.contains("*") || names.contains(access.getName());
  }

  private static DescribedPredicate<JavaClass> in(String name) {
    return describe(
        "in " + name,
        it -> it.getPackageName().equals(name) || it.getPackageName().startsWith(name + "."));
  }

  /** The classes of the module that this one is in. */
  private static JavaClasses module(Class<?> anchor) {
    try {
      Path place = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
      var importer = new ClassFileImporter();
      return Files.isDirectory(place)
          ? importer.importPath(place)
          : importer.importJar(new JarFile(place.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
