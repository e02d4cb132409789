import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.h2.jdbcx.JdbcDataSource;
import org.opencds.cqf.fhir.cql.EvaluationSettings;
import org.opencds.cqf.fhir.cr.hapi.config.r4.ApplyOperationConfig;
import org.opencds.cqf.fhir.cr.hapi.config.r4.CrR4Config;
import org.opencds.cqf.fhir.cr.measure.CareGapsProperties;
import org.opencds.cqf.fhir.cr.measure.MeasureEvaluationOptions;
import org.opencds.cqf.fhir.utility.client.TerminologyServerClientSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * A whole FHIR R4 server to try a package on: HAPI's JPA server with Clinical Reasoning, as they come.
 *
 * <p>Argument: a port, 0 for any that is free. It says its address when it is ready, answers this machine only, asks nobody
 * for a password, and keeps everything in memory: what was loaded is gone when it ends.
 */
@Configuration
@Import({JpaR4Config.class, HapiJpaConfig.class, JpaBatch2Config.class, Batch2JobsConfig.class, ThreadPoolFactoryConfig.class,
    SubscriptionChannelConfig.class, CrR4Config.class, ApplyOperationConfig.class})
public class FhirServer {
  public static void main(String[] args) throws Exception {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
    ServerConnector door = (ServerConnector) server.getConnectors()[0];
    door.open(); // First: a port that is taken should be told before the rest takes its time.
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(new AnnotationConfigApplicationContext(FhirServer.class).getBean(RestfulServer.class), "/fhir/*");
    server.setHandler(handler);
    server.start();
    System.out.println("http://localhost:" + door.getLocalPort() + "/fhir");
    server.join();
  }

  // HAPI on a database in memory

  @Bean
  DataSource database() {
    JdbcDataSource made = new JdbcDataSource();
    made.setURL("jdbc:h2:mem:fhir;DB_CLOSE_DELAY=-1");
    return made;
  }

  @Bean
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beans, FhirContext context, JpaStorageSettings storage, DataSource database) {
    LocalContainerEntityManagerFactoryBean made = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, storage);
    made.setPersistenceUnitName("fhir");
    made.setDataSource(database);
    Properties said = new Properties();
    said.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
    said.put("hibernate.hbm2ddl.auto", "create");
    said.put("hibernate.search.enabled", "false");
    made.setJpaProperties(said);
    return made;
  }

  @Bean
  JpaTransactionManager transactionManager(EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  @Bean
  JpaStorageSettings storage() {
    return new JpaStorageSettings();
  }

  @Bean
  SubscriptionSettings subscriptions() {
    return new SubscriptionSettings();
  }

  @Bean
  PartitionSettings partitions() {
    return new PartitionSettings();
  }

  @Bean
  RestfulServer restful(FhirContext context, IJpaSystemProvider system, ResourceProviderFactory resources,
      IFhirSystemDao<?, ?> dao, JpaStorageSettings storage, ISearchParamRegistry searches, IValidationSupport support,
      DatabaseBackedPagingProvider pages) {
    RestfulServer made = new RestfulServer(context);
    made.registerProviders(resources.createProviders());
    made.registerProvider(system);
    made.setServerConformanceProvider(new JpaCapabilityStatementProvider(made, dao, storage, searches, support));
    made.setPagingProvider(pages);
    return made;
  }

  // Clinical Reasoning, as it comes

  @Bean
  EvaluationSettings evaluation() {
    return EvaluationSettings.getDefault();
  }

  @Bean
  TerminologyServerClientSettings terminology() {
    return TerminologyServerClientSettings.getDefault();
  }

  @Bean
  MeasureEvaluationOptions measures() {
    return MeasureEvaluationOptions.defaultOptions();
  }

  @Bean
  CareGapsProperties gaps() {
    return new CareGapsProperties();
  }
}
