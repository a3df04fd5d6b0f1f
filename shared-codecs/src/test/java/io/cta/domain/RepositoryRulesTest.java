package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are refused, each by the field that is at fault. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RepositoryRulesTest {
  private static final String ED25519 =
      "AAAAC3NzaC1lZDI1NTE5AAAAIJ0Yj3Tn3m3Q0kZC5b3mDm8xkYV4wXk1w3QmGkq8hN0L";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type':'git'|url",
        "'type':'git','url':'ext::sh -c x'|url",
        "'type':'git','url':'-u'|url",
        "'type':'git','url':'ssh://-oProxyCommand=x/a'|url",
        "'type':'git','url':'https://me:pw@h/a'|url",
        "'type':'git','url':'https://h/\\u0007a'|url",
        "'type':'http','url':'https://me:pw@h/a'|url",
        "'type':'http','url':'/etc/passwd'|url",
        "'type':'git','url':'https://h/a','ref':'--upload-pack=x'|ref",
        "'type':'git','url':'https://h/a','ref':'a..b'|ref",
        "'type':'git','url':'https://h/a','ref':'main~1'|ref",
        "'type':'git','url':'https://h/a','ref':'a\\nb'|ref",
        "'type':'git','url':'https://h/a','folder':'/etc'|folder",
        "'type':'git','url':'https://h/a','folder':'a/../..'|folder",
        "'type':'git','url':'https://h/a','folder':'-x'|folder",
        "'type':'git','url':'https://h/a','folder':'C:/x'|folder",
        "'type':'git','url':'https://h/a','folder':'.git/hooks'|folder",
        "'type':'git','url':'https://h/a','depth':-1|depth",
        "'type':'git','url':'https://h/a','user':'me'|user",
        "'type':'git','url':'https://h/a','user':'a:b','token':'t'|user",
        "'type':'git','url':'git@h:a','token':'t'|token",
        "'type':'git','url':'https://h/a','sshKey':'k'|sshKey",
        "'type':'git','url':'git@h:a','hostKeys':['h ssh-ed25519 AAAA']|hostKeys[0]",
        "'type':'git','url':'git@h:a','hostKeys':['* ssh-rsa KEY']|hostKeys[0]",
        "'type':'git','url':'git@h:a','hostKeys':['h ssh-rsa KEY']|hostKeys[0]",
        "'type':'git','url':'git@h:a','sha256':'DIGEST'|sha256",
        "'type':'git','url':'git@h:a','path':'/x'|path",
        "'type':'http','url':'https://h/a','ref':'main'|ref",
        "'type':'http','url':'https://h/a','folder':'x'|folder",
        "'type':'http','url':'https://h/a','user':'x'|user",
        "'type':'maven','artifact':'g:a:1','token':'t'|token",
        "'type':'maven','artifact':'g:a:1','url':'https://h/a'|url",
        "'type':'local','path':'/x','submodules':false|submodules",
        "'type':'local','path':'/x','lfs':true|lfs",
        "'type':'s3'|url",
        "'type':'s3','url':'https://h/a'|url",
        "'type':'s3','url':'s3://b/\\u0007'|url",
        "'type':'s3','url':'s3://bucket/p/','version':'1'|version",
        "'type':'s3','url':'s3://bucket/k','endpoint':'https://h/a'|endpoint",
        "'type':'s3','url':'s3://bucket/k','endpoint':'https://me:pw@h'|endpoint",
        "'type':'s3','url':'s3://bucket/k','region':'evil.example.org'|region",
        "'type':'s3','url':'s3://bucket/k','accessKey':'a'|accessKey",
        "'type':'s3','url':'s3://bucket/k','secretKey':'a'|secretKey",
        "'type':'s3','url':'s3://bucket/k','token':'a'|token",
        "'type':'s3','url':'s3://bucket/k','ref':'a'|ref",
        "'type':'http','url':'https://h/a','endpoint':'https://h'|endpoint",
        "'type':'git','url':'https://h/a','region':'x'|region",
        "'type':'http','url':'https://h/a','pathStyle':true|pathStyle",
        "'type':'http','url':'https://h/a','accessKey':'a','secretKey':'b'|accessKey",
        "'type':'maven','artifact':'g:a:1','version':'x'|version"
      })
  void aFieldThatBreaksARuleIsNamed(String fields, String field) {
    Repository input = input(fields);
    ServiceFailure fault =
        assertThrows(ServiceFailure.class, () -> RepositoryRules.check("i.", input, text -> false));
    assertEquals("i." + field, fault.field(), fault.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type':'git','ref':'x'|url",
        "'type':'git','url':'https://h/a'|ref",
        "'type':'git','url':'https://h/a','ref':'HEAD'|ref",
        "'type':'git','url':'https://h/a','ref':'refs/heads/x'|ref",
        "'type':'git','url':'https://h/a','ref':'x/'|ref",
        "'type':'git','url':'https://h/a','ref':'x.lock'|ref",
        "'type':'git','url':'https://h/a','ref':'0123456789012345678901234567890123456789'|ref",
        "'type':'git','url':'https://h/a','ref':'x','depth':1|depth",
        "'type':'git','url':'https://h/a','ref':'x','lfs':true|lfs",
        "'type':'git','url':'https://h/a','ref':'x','folder':'../y'|folder",
        "'type':'maven','artifact':'g:a:1'|type",
        "'type':'s3'|url",
        "'type':'s3','url':'s3://bucket/','version':'1'|version",
        "'type':'s3','url':'s3://bucket/','sha256':'DIGEST'|sha256",
        "'type':'s3','url':'s3://bucket/','to':'x'|to",
        "'type':'s3','url':'s3://bucket/','name':'x'|name",
        "'type':'s3','url':'s3://bucket/','accessKey':'x'|accessKey",
        "'type':'http','url':'https://h/a?b'|url",
        "'type':'http','url':'ftp://h/a'|url",
        "'type':'http','url':'https://h/a','region':'x'|region",
        "'type':'local'|path",
        "'type':'local','path':'x/y'|path",
        "'type':'local','path':'/x','token':'t'|token"
      })
  void anOutputThatBreaksARuleIsNamed(String fields, String field) {
    Repository output = input(fields);
    ServiceFailure fault =
        assertThrows(
            ServiceFailure.class, () -> RepositoryRules.checkOutput("o.", output, text -> false));
    assertEquals("o." + field, fault.field(), fault.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'s3','url':'s3://bucket','endpoint':'http://h:9000','accessKey':'a','secretKey':'b'",
        "'type':'http','url':'https://h/up','token':'t'",
        "'type':'local','path':'/srv/results'"
      })
  void whatCanBePushedToIsTaken(String fields) {
    assertDoesNotThrow(() -> RepositoryRules.checkOutput("o.", input(fields), text -> false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'git','url':'https://h/a','ref':'feature/$(x)','folder':'a/b','depth':0",
        "'type':'git','url':'https://h/a','token':'t','user':'me','submodules':false,'lfs':false",
        "'type':'git','url':'git@h:a','sshKey':'k','hostKeys':['h ssh-ed25519 KEY','[h]:22 ssh-ed25519 KEY c']",
        "'type':'git','url':'/srv/a.git'",
        "'type':'http','url':'https://h/a','token':'t','sha256':'DIGEST'",
        "'type':'local','path':'/x','sha256':'DIGEST'",
        "'type':'s3','url':'s3://bucket/a b/','endpoint':'http://h:9000','pathStyle':false",
        "'type':'s3','url':'s3://bucket/k','accessKey':'a','secretKey':'b','version':'1'",
        "'type':'s3','url':'s3://bucket','region':'eu-central-1','sha256':'DIGEST'",
        "'type':'maven','artifact':'g:a:1','sha256':'DIGEST'"
      })
  void whatCanBeFetchedIsTaken(String fields) {
    assertDoesNotThrow(() -> RepositoryRules.check("", input(fields), text -> false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'url':'${HOST}:x y','ref':'${A B}'", "'url':'${U}','token':'t'"})
  void aTextWithAParameterIsCheckedWhenItHasItsValue(String fields) {
    Repository input = input("'type':'git'," + fields);
    assertDoesNotThrow(() -> RepositoryRules.check("", input, text -> text.contains("${")));
  }

  private static Repository input(String fields) {
    String json =
        "{"
            + fields.replace('\'', '"').replace("KEY", ED25519).replace("DIGEST", "a".repeat(64))
            + "}";
    return JsonMapping.fromObject(new JsonObject(json), Repository.class);
  }
}
