import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Holds every resource of some folders against HL7's definitions, without a network.
 *
 * <p>Arguments: a folder of definitions, then folders whose resources know each other. Out comes one line a message:
 * file, severity, the id of the rule, where, what; separated by tabs.
 */
public final class Validate {
  private static final FhirContext R4 = FhirContext.forR4();

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    IValidationSupport definitions = definitions(read(Path.of(args[0])));
    for (int i = 1; i < args.length; i++) {
      folder(Path.of(args[i]), definitions, out);
    }
  }

  /** Validates one folder: its own code systems and value sets are known, those of other folders are not. */
  private static void folder(Path folder, IValidationSupport definitions, PrintStream out) throws Exception {
    PrePopulatedValidationSupport own = new PrePopulatedValidationSupport(R4);
    for (IBaseResource each : read(folder)) {
      own.addResource(each);
    }
    FhirInstanceValidator module = new FhirInstanceValidator(new ValidationSupportChain(own, definitions,
        new InMemoryTerminologyServerValidationSupport(R4), new CommonCodeSystemsTerminologyService(R4)));
    module.setErrorForUnknownProfiles(false);
    module.setAnyExtensionsAllowed(false);
    FhirValidator validator = R4.newValidator().registerValidatorModule(module);
    for (Path file : json(folder)) {
      ValidationResult result = validator.validateWithResult(Files.readString(file));
      for (SingleValidationMessage each : result.getMessages()) {
        out.println(String.join("\t", file.toString(), each.getSeverity().getCode(), String.valueOf(each.getMessageId()),
            String.valueOf(each.getLocationString()), each.getMessage().replaceAll("\\s+", " ")));
      }
      out.println(String.join("\t", file.toString(), "done"));
    }
  }

  /** HL7's definitions of R4 and those given, loaded once; a profile without a snapshot gets one. */
  private static IValidationSupport definitions(List<IBaseResource> given) {
    PrePopulatedValidationSupport known = new PrePopulatedValidationSupport(R4);
    given.forEach(known::addResource);
    SnapshotGeneratingValidationSupport snapshots = new SnapshotGeneratingValidationSupport(R4);
    ValidationSupportChain chain = new ValidationSupportChain(known, new DefaultProfileValidationSupport(R4), snapshots);
    for (IBaseResource each : given) {
      if (each instanceof StructureDefinition profile && !profile.hasSnapshot()) {
        snapshots.generateSnapshot(new ValidationSupportContext(chain), profile, profile.getUrl(), null, profile.getName());
      }
    }
    return chain;
  }

  /** The definitions of a folder; a file that is only there to be found faulty is none. */
  private static List<IBaseResource> read(Path folder) throws Exception {
    IParser parser = R4.newJsonParser();
    List<IBaseResource> found = new ArrayList<>();
    for (Path file : json(folder)) {
      if (!file.getFileName().toString().startsWith("Seed-")) {
        found.add(parser.parseResource(Files.readString(file)));
      }
    }
    return found;
  }

  private static List<Path> json(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".json") && Character.isUpperCase(f.getFileName().toString().charAt(0)))
          .sorted().toList();
    }
  }

  private Validate() {}
}
