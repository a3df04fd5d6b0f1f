exec "$TOOLS/python/bin/robot" --pythonpath . --outputdir "$CTA_TEST_NAME.report" --log NONE --report NONE \
  --output r.xml "$CTA_TEST_NAME.robot"
