package dev.carillon.infra.edge;

import dev.carillon.infra.settings.StackSettings;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

/**
 * The addresses by which the world knows an installation: SDKs and browsers are given them,
 * providers report to them, links in mails that were sent lead to them. So they are kept apart from
 * what is changed with each version; the routes behind them belong to the services.
 */
public final class EdgeStack extends Stack {

  public EdgeStack(App app, StackSettings settings) {
    super(
        app,
        settings.installation().edgeStack(),
        StackProps.builder()
            .description("Carillon: the addresses it is known by")
            .synthesizer(
                DefaultStackSynthesizer.Builder.create()
                    .generateBootstrapVersionRule(false)
                    .build())
            .build());
    var front =
        new HttpFront(this, "Http", settings.browserOrigins(), settings.requestsPerSecond());
    var sockets = new SocketFront(this, "Socket", settings.requestsPerSecond());
    settings
        .trackingDomains()
        .forEach(
            (name, certificate) ->
                output(
                    "Cname" + name.replaceAll("[^a-z0-9]", ""),
                    "Where the CNAME of " + name + " points",
                    front.servedUnder(name, certificate)));
    settings
        .domain()
        .ifPresent(
            domain ->
                output(
                    "Cname" + domain.name().replaceAll("[^a-z0-9]", ""),
                    "Where the CNAME of " + domain.name() + " points",
                    new OneDomain(this, "Domain", domain, front, sockets).pointsTo()));
    output("ApiUrl", "Where the SDKs' base URL points", front.url());
    output("SocketUrl", "Where clients watch feeds, without a proxy", sockets.url());
    export("HttpApiId", settings.installation().httpApi(), front.id());
    export("SocketApiId", settings.installation().socketApi(), sockets.id());
  }

  private void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name).description(description).value(value).build();
  }

  /** While the services import it, CloudFormation lets nobody take it away or replace it. */
  private void export(String name, String exportName, String value) {
    CfnOutput.Builder.create(this, name).exportName(exportName).value(value).build();
  }
}
