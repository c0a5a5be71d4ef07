package dev.carillon.infra;

import dev.carillon.infra.data.DataStack;
import dev.carillon.infra.edge.EdgeStack;
import dev.carillon.infra.settings.StackSettings;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/**
 * The stacks of one installation, in the order in which they are deployed. What each holds lives
 * differently: data for good, the edge as long as somebody knows its addresses, services until the
 * next version.
 */
record CarillonStacks(DataStack data, EdgeStack edge, ServicesStack services) {

  static CarillonStacks of(App app, FunctionJars jars) {
    var settings = StackSettings.of(app);
    var data = new DataStack(app, settings);
    var edge = new EdgeStack(app, settings);
    var services = new ServicesStack(app, settings, jars);
    // By names, which the CDK does not see: what takes them in is there first, and goes last.
    services.addStackDependency(data);
    services.addStackDependency(edge);
    return new CarillonStacks(data, edge, services);
  }

  List<Stack> all() {
    return List.of(data, edge, services);
  }
}
