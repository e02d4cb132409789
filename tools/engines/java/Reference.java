import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.repository.IRepository;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import kotlin.Pair;
import kotlin.Unit;
import kotlin.jvm.functions.Function1;
import org.hl7.elm.r1.VersionedIdentifier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.RequestGroup;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.opencds.cqf.cql.engine.execution.EvaluationParams;
import org.opencds.cqf.cql.engine.runtime.Date;
import org.opencds.cqf.cql.engine.runtime.Tuple;
import org.opencds.cqf.fhir.cql.Engines;
import org.opencds.cqf.fhir.cql.EvaluationSettings;
import org.opencds.cqf.fhir.cql.LibraryEngine;
import org.opencds.cqf.fhir.cr.CrSettings;
import org.opencds.cqf.fhir.cr.plandefinition.PlanDefinitionProcessor;
import org.opencds.cqf.fhir.utility.monad.Eithers;
import org.opencds.cqf.fhir.utility.repository.InMemoryFhirRepository;
import org.opencds.cqf.fhir.utility.repository.ProxyRepository;

/**
 * The reference engine of HL7's Clinical Reasoning, in Java, on an exported package.
 *
 * <p>Arguments: {@code answers} or {@code apply}, and a transaction. A line in: {@code {"id", "days" or "on", "bundle"}}; a
 * line out: for {@code answers} what the CQL says on each day, for {@code apply} which recommendations fire. The CQL is
 * translated by the engine itself, from the source in the package.
 */
public final class Reference {
  private static final FhirContext R4 = FhirContext.forR4Cached();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EACH_DAY = "Answers on each day";

  private final EvaluationSettings settings = EvaluationSettings.getDefault();
  private final List<Resource> artifacts;
  private final IRepository content;

  private Reference(Bundle transaction) {
    artifacts = transaction.getEntry().stream().map(Bundle.BundleEntryComponent::getResource).toList();
    content = new InMemoryFhirRepository(R4, transaction);
  }

  public static void main(String[] args) throws Exception {
    R4.setValidationSupport(new DefaultProfileValidationSupport(R4));
    Reference engine = new Reference(R4.newJsonParser().parseResource(Bundle.class, Files.readString(Path.of(args[1]))));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long started = 0; // After the first patient: what is counted is the engine, warm.
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode said = engine.line(args[0], JSON.readTree(line));
      said.put("until", started == 0 ? 0 : (System.nanoTime() - started) / 1e9);
      started = started == 0 ? System.nanoTime() : started;
      out.println(said);
    }
  }

  private ObjectNode line(String asked, JsonNode given) {
    ObjectNode said = JSON.createObjectNode().put("id", given.get("id").asText());
    try {
      Bundle data = R4.newJsonParser().parseResource(Bundle.class, given.get("bundle").toString());
      IRepository all = new ProxyRepository(new InMemoryFhirRepository(R4, data), content, content);
      Patient patient = of(Patient.class, data.getEntry().stream().map(Bundle.BundleEntryComponent::getResource)).findFirst().get();
      String id = patient.getIdElement().getIdPart();
      return asked.equals("apply") ? applied(all, id, given.get("on").asText(), said) : answered(all, id, given.get("days"), said);
    } catch (RuntimeException fault) {
      return said.put("fault", fault.toString());
    }
  }

  // What the library answers

  private ObjectNode answered(IRepository all, String patient, JsonNode days, ObjectNode said) {
    Library library = of(Library.class, artifacts.stream()).filter(each -> !each.getName().endsWith("Answers")).findFirst().get();
    VersionedIdentifier named = new VersionedIdentifier().withId(library.getName()).withVersion(library.getVersion());
    List<Date> on = new ArrayList<>();
    days.forEach(day -> on.add(new Date(day.asText())));
    EvaluationParams.Builder asked = new EvaluationParams.Builder();
    asked.setContextParameter(new Pair<>("Patient", patient));
    asked.setParameters(Map.of("Days", on));
    Function1<EvaluationParams.LibraryParams.Builder, Unit> one = each -> {
      each.expressions(EACH_DAY);
      return Unit.INSTANCE;
    };
    asked.library(named, one);
    Object found = Engines.forRepository(all, settings, null).evaluate(asked.build()).getOnlyResultOrThrow().get(EACH_DAY).getValue();
    said.set("answers", json(found));
    return said;
  }

  private static JsonNode json(Object value) {
    if (value instanceof Tuple tuple) {
      ObjectNode made = JSON.createObjectNode();
      tuple.getElements().forEach((name, each) -> made.set(name, json(each)));
      return made;
    }
    if (value instanceof Iterable<?> list) {
      ArrayNode made = JSON.createArrayNode();
      list.forEach(each -> made.add(json(each)));
      return made;
    }
    return JSON.valueToTree(value == null || value instanceof Boolean ? value : value.toString());
  }

  // What the plan fires

  private ObjectNode applied(IRepository all, String patient, String on, ObjectNode said) {
    PlanDefinition plan = of(PlanDefinition.class, artifacts.stream())
        .filter(each -> !each.getType().getCodingFirstRep().getCode().equals("eca-rule")).findFirst().get();
    Parameters day = new Parameters();
    day.addParameter().setName("On").setValue(new DateType(on));
    CarePlan made = (CarePlan) new PlanDefinitionProcessor(all, new CrSettings().withEvaluationSettings(settings)).apply(
        Eithers.forRight3(plan), "Patient/" + patient, null, null, null, null, null, null, null, null, day, null, null,
        new LibraryEngine(all, settings));
    List<RequestGroup> groups = of(RequestGroup.class, made.getContained().stream()).toList();
    said.set("gate", JSON.valueToTree(titles(groups.get(0).getAction())));
    said.set("fired", JSON.valueToTree(groups.stream().skip(1).filter(each -> !titles(each.getAction()).isEmpty())
        .map(each -> each.getInstantiatesCanonical().get(0).getValue().split("\\|")[0]).toList()));
    said.set("requests", JSON.valueToTree(of(ServiceRequest.class, made.getContained().stream()).distinct().map(Reference::request).toList()));
    of(OperationOutcome.class, made.getContained().stream()).findFirst()
        .ifPresent(each -> said.put("fault", each.getIssueFirstRep().getDiagnostics()));
    return said;
  }

  private static Map<String, Object> request(ServiceRequest each) {
    return Map.of("code", each.getCode().getText(), "doNotPerform", each.getDoNotPerform(), "intent", each.getIntent().toCode(),
        "status", each.getStatus().toCode());
  }

  /** The titles of actions; the engine leaves a null in the place of one that does not fire. */
  private static List<String> titles(List<RequestGroup.RequestGroupActionComponent> actions) {
    return actions.stream().filter(Objects::nonNull).flatMap(each -> Stream.concat(Stream.of(each.getTitle()), titles(each.getAction()).stream())).toList();
  }

  private static <T> Stream<T> of(Class<T> type, Stream<? extends Object> all) {
    return all.filter(type::isInstance).map(type::cast);
  }
}
