package dev.carillon.functions.management.plans;

import dev.carillon.audience.Membership;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.runtime.LoadEnvironment;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.runtime.Ports;

/** What is answered about what a commit would change. */
public final class PlanRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          PlanCalls.OPERATIONS,
          ports ->
              new PlanCalls(
                  ManagementCall.Reader.of(ports),
                  ports.contents(),
                  new ContentLibrary(ports.contents(), ports.assets(), ports.variables()),
                  new FindTouched(ports.timers(), ports.runs()),
                  new ReplayTriggers(
                      ports.triggers(),
                      ports.fanoutPages(),
                      new LoadRunContext(
                          ports.recipients(),
                          ports.subscriptions(),
                          ports.schedules(),
                          new LoadEnvironment(
                              ports.environments(),
                              ports.channels(),
                              ports.variables(),
                              ports.assets())),
                      new Membership(ports.audiences()))));

  private PlanRoutes() {}
}
