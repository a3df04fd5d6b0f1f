package io.cta.agent.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** A small report of each format, each with a case that failed. */
final class FormatSamples {
  static final String JUNIT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites><testsuite name="shop" tests="3" failures="1" skipped="1">
        <testcase classname="shop.Cart" name="adds" time="0.5" file="cart.py" line="3"/>
        <testcase classname="shop.Cart" name="pays"><failure message="no money">cart.py:9
          <![CDATA[1 < 2]]></failure><system-out>paying</system-out></testcase>
        <testcase classname="shop.Cart" name="later"><skipped message="not yet"/></testcase>
      </testsuite></testsuites>
      """;
  static final String TAP =
      """
      TAP version 14
      1..4
      ok 1 - opens
      not ok 2 - closes
        ---
        message: 'it is stuck'
        duration_ms: 12.5
        ...
      # Subtest: doors
          1..2
          ok 1 - left # SKIP no left one
          not ok 2 - right # TODO paint it
      ok 3 - doors
      ok 4 - rings \\# twice
      """;
  static final String ROBOT =
      """
      <robot generator="Robot 7.0"><suite id="s1" name="Shop"><suite id="s1-s1" name="Cart">
      <test id="s1-s1-t1" name="Adds" line="4"><kw name="Log"><msg level="INFO">hi</msg>
        <status status="PASS" elapsed="0.1"/></kw><status status="PASS" elapsed="0.25"/></test>
      <test id="s1-s1-t2" name="Pays"><kw name="Fail"><status status="FAIL"/></kw>
        <status status="FAIL" starttime="20260101 10:00:00.000" endtime="20260101 10:00:01.500">no
        money</status></test>
      <test id="s1-s1-t3" name="Later"><status status="SKIP">not yet</status></test>
      <status status="FAIL"/></suite><status status="FAIL"/></suite>
      <statistics><total><stat pass="1" fail="1" skip="1">All Tests</stat></total></statistics>
      </robot>
      """;
  static final String TRX =
      """
      <TestRun id="1" xmlns="http://example.org/any"><Results>
      <UnitTestResult testId="a" testName="Shop.Cart.Adds" outcome="Passed"
        duration="00:00:00.2500000"/>
      <UnitTestResult testId="b" testName="Pays" outcome="Failed"><Output><StdOut>paying</StdOut>
        <ErrorInfo><Message>no money</Message><StackTrace>at Cart:9</StackTrace></ErrorInfo>
        </Output></UnitTestResult>
      <UnitTestResult testId="c" testName="Later" outcome="NotExecuted"/>
      <UnitTestResult testId="d" testName="Rows" outcome="Passed"><InnerResults>
        <UnitTestResult testId="d" testName="Rows (1)" outcome="Passed"/></InnerResults>
        </UnitTestResult></Results>
      <TestDefinitions><UnitTest id="a"><TestMethod className="Shop.Cart" name="Adds"/></UnitTest>
      <UnitTest id="b"><TestMethod className="Shop.Cart, Shop, Version=1" name="Pays"/></UnitTest>
      </TestDefinitions><ResultSummary outcome="Failed"><Counters total="4" failed="1"/>
      </ResultSummary></TestRun>
      """;
  static final String NUNIT =
      """
      <test-run total="3" passed="1" failed="1" result="Failed">
      <test-suite type="Assembly" name="shop.dll" result="Failed" site="Child">
      <test-case classname="Shop.Cart" name="Adds" result="Passed" duration="0.25">
        <properties><property name="Category" value="fast"/></properties></test-case>
      <test-case classname="Shop.Cart" name="Pays" result="Failed"><failure><message>no money
        </message><stack-trace>at Cart:9</stack-trace></failure><output>paying</output>
        <attachments><attachment><filePath>shot.png</filePath></attachment></attachments>
        </test-case>
      <test-case classname="Shop.Cart" name="Later" result="Skipped" label="Ignored">
        <reason><message>not yet</message></reason></test-case>
      </test-suite></test-run>
      """;
  static final String XUNIT =
      """
      <assemblies><assembly name="/build/shop.dll" total="3" passed="1" failed="1" skipped="1">
      <errors/><collection name="c">
      <test name="Shop.Cart.Adds" type="Shop.Cart" method="Adds" time="0.25" result="Pass">
        <traits><trait name="Category" value="fast"/></traits></test>
      <test name="Shop.Cart.Pays(x: 1)" type="Shop.Cart" result="Fail"><failure
        exception-type="Xunit.Equal"><message><![CDATA[no money]]></message>
        <stack-trace>at Cart:9</stack-trace></failure></test>
      <test name="Shop.Cart.Later" type="Shop.Cart" result="Skip"><reason>not yet</reason></test>
      </collection></assembly></assemblies>
      """;
  static final String TESTNG =
      """
      <testng-results total="4" passed="2" failed="1" skipped="1" ignored="0"><reporter-output/>
      <suite name="shop"><test name="cart"><class name="shop.Cart">
      <test-method status="PASS" name="setUp" is-config="true" duration-ms="1"/>
      <test-method status="PASS" name="adds" duration-ms="250"><params><param index="0"><value>
        <![CDATA[1]]></value></param></params></test-method>
      <test-method status="FAIL" name="pays"><exception class="java.lang.AssertionError">
        <message>no money</message><full-stacktrace>at Cart:9</full-stacktrace></exception>
        </test-method>
      <test-method status="SKIP" name="later"/>
      <test-method status="SKIP" name="shaky" retried="true"/><test-method status="PASS"
        name="shaky"/></class></test></suite></testng-results>
      """;
  static final String CTRF =
      """
      {"reportFormat": "CTRF", "results": {"tool": {"name": "any"},
       "summary": {"tests": 4, "passed": 2, "failed": 1, "skipped": 1},
       "tests": [
        {"name": "adds", "status": "passed", "duration": 250, "suite": ["shop", "cart"]},
        {"status": "failed", "message": "no money", "trace": "at cart:9", "name": "pays",
         "filePath": "cart.js", "line": 9, "stdout": ["paying"],
         "attachments": [{"name": "shot", "path": "shot.png"}]},
        {"name": "later", "status": "pending"},
        {"name": "shaky", "status": "passed", "flaky": true, "retries": 2}]}}
      """;
  static final String CUCUMBER =
      """
      [{"uri": "cart.feature", "elements": [
        {"type": "background", "steps": [{"name": "a cart", "result": {"status": "passed"}}]},
        {"type": "scenario", "name": "adds", "line": 4, "steps": [
          {"name": "I add", "result": {"status": "passed", "duration": 250000000}}]},
        {"type": "scenario", "name": "pays", "before": [{"result": {"status": "passed"}}],
         "steps": [{"name": "I pay", "result": {"status": "failed", "error_message": "no money"}},
          {"name": "I go", "embeddings": [{"data": "AAAA"}], "result": {"status": "skipped"}}]},
        {"type": "scenario", "name": "later", "steps": [
          {"name": "I come", "result": {"status": "skipped"}}]},
        {"type": "scenario", "name": "unsaid", "steps": [
          {"name": "I dream", "result": {"status": "undefined"}}]}],
       "name": "Cart"}]
      """;
  static final String GO_TEST =
      """
      {"ImportPath":"ex.org/b [ex.org/b.test]","Action":"build-output","Output":"b.go:3: what?\\n"}
      {"ImportPath":"ex.org/b [ex.org/b.test]","Action":"build-fail"}
      {"Action":"start","Package":"ex.org/a"}
      # a compiler's words
      {"Action":"run","Package":"ex.org/a","Test":"TestAdds"}
      {"Action":"output","Package":"ex.org/a","Test":"TestAdds","Output":"=== RUN   TestAdds\\n"}
      {"Action":"pass","Package":"ex.org/a","Test":"TestAdds","Elapsed":0.25}
      {"Action":"output","Package":"ex.org/a","Test":"TestPays/now","Output":"    a.go:9: no money\\n"}
      {"Action":"fail","Package":"ex.org/a","Test":"TestPays/now","Elapsed":0}
      {"Action":"skip","Package":"ex.org/a","Test":"TestLater"}
      {"Action":"fail","Package":"ex.org/a","Elapsed":0.3}
      {"Action":"start","Package":"ex.org/b"}
      {"Action":"fail","Package":"ex.org/b","FailedBuild":"ex.org/b [ex.org/b.test]"}
      {"Action":"skip","Package":"ex.org/none","Elapsed":0}
      """;

  private FormatSamples() {}

  /** By the key under which each is declared. */
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("junit", JUNIT);
    all.put("tap", TAP);
    all.put("robot", ROBOT);
    all.put("trx", TRX);
    all.put("nunit", NUNIT);
    all.put("xunit", XUNIT);
    all.put("testng", TESTNG);
    all.put("ctrf", CTRF);
    all.put("cucumber", CUCUMBER);
    all.put("gotest", GO_TEST);
    return all;
  }
}
